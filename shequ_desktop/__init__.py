"""Shequ Desktop (社区关爱): offline-first archive and care records for outreach workers."""

__version__ = "0.1.0"
