"""Reads the village's own lists (花名册) and writes workbooks. Knows no archive, no network and no window."""
