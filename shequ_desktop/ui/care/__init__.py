"""Care (关爱): open care records as a list, one of them, its form."""
