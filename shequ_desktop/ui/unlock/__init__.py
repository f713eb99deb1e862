"""Before the archive is open: making one, opening it, and being locked out of it."""
