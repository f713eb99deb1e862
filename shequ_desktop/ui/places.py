"""Keys of pages that other pages lead to. A page that does not exist is not gone to."""

TODAY, DECIDE = "today", "decide"
HOUSEHOLDS, RESIDENTS, CARE = "households", "residents", "care"
VISIT, PRINT, IMPORT, CONFLICTS = "visit", "print", "import", "conflicts"
SYNC, SETTINGS, HELP, SUGGESTIONS = "sync", "settings", "help", "suggestions"
ALL_DUE = "due"
"""What the print page is asked for when all forms that are due are meant."""
