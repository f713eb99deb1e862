"""Printing (打印): what is printed for whom, how it will look, and onto which paper."""
