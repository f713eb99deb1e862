"""Draws sheets of paper from plain values. Knows no archive, no session, no window and no translation file."""
