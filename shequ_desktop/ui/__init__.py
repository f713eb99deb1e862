"""The window: shows what services answer and asks them.

The only room, with `app`, that knows Qt; must not know storage, sync or printing.
"""
