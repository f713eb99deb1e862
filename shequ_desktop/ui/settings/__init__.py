"""What this computer looks like: text size, theme, language."""
