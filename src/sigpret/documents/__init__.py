"""Documents: a frozen dataclass in, bytes out. Plain Python; it reads no clock and stores nothing.

Texts and numbers arrive as they will be read: whoever calls has already formatted them.
"""
