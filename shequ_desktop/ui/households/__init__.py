"""Households (家庭): the list, one household, its forms."""
