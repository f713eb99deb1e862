"""Residents (居民): the list, one resident, their forms."""
