"""Keeps records: the encrypted archive and the league's tables, one log, one write path, search, backup.

Knows no window, no paper, no spreadsheet and no network.
"""
