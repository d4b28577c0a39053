"""What the pure core says, in the language of whoever reads it."""

from django.utils.translation import gettext

from sigpret.methodology.sentences import spoken


def said(what: str | Exception) -> str:
    """A sentence, or the one an exception carries, translated with the sentences inside it."""
    text = what.args[0] if isinstance(what, Exception) and what.args else what
    return spoken(text, gettext) if isinstance(text, str) else str(text)
