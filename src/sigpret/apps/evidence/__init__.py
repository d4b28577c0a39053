"""Evidence: files kept by what they contain, whose they are, and what keeps them from the public.

May import institutions and below.
"""
