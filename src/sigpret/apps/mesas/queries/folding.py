"""Letters compared without capitals or accents."""

import unicodedata


def folded(text: str) -> str:
    """Small letters without accents, as many as there were: places in it are places in `text`."""
    return "".join(unicodedata.normalize("NFD", letter)[0].lower()[:1] for letter in text)
