"""Visits (走访): the list with its three states, and the form on which one is written."""
