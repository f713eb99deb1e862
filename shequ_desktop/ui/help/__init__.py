"""Help: the guide, page by page, inside the window."""
