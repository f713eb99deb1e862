"""What a person does, one function an action: keyword arguments in, values or problems out, one transaction each.

Knows no window, no command line, and no sentence: problems are keys.
"""
