"""Taking in a list: from the file to the last question answered."""
