"""Tokens become colours, sizes, letters and icons. Owns no widget; what a page shows it does not know."""
