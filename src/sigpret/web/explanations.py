"""The sentence of an explanation, with its numbers printed for the reader.

The methodology gives a Spanish template and exact parameters; here the template is translated
and the parameters are formatted. Stored explanations arrive as the JSON they were kept as.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Protocol

from django.utils.translation import gettext

from sigpret.web.dates import period_words
from sigpret.web.formats import as_decimal, format_number, is_decimal_text

Parameter = str | Decimal | int | float | None

_PERIOD = re.compile(r"\d{4}-(?:S|Q|T|B|M)\d{1,2}")


class Explanation(Protocol):
    """What this module reads of `sigpret.methodology.explain.Explanation`."""

    @property
    def template(self) -> str: ...
    @property
    def params(self) -> Mapping[str, Parameter]: ...
    @property
    def notes(self) -> tuple[str, ...]: ...


def sentence(explanation: Explanation | Mapping[str, Any] | None) -> str:
    """The printed sentence; empty when there is no explanation."""
    if explanation is None:
        return ""
    if isinstance(explanation, Mapping):
        templates = (str(explanation["template"]), *explanation.get("notes", ()))
        return _filled(templates, explanation.get("params") or {})
    return _filled((explanation.template, *explanation.notes), explanation.params)


def _filled(templates: tuple[str, ...], params: Mapping[str, Parameter]) -> str:
    words = {name: _printed(value) for name, value in params.items()}
    return " ".join(gettext(template) % words for template in templates if template)


def _printed(value: Parameter) -> str:
    if value is None:
        return gettext("sin dato")
    if isinstance(value, str) and _PERIOD.fullmatch(value):
        return period_words(value)
    if isinstance(value, str) and not is_decimal_text(value):
        return gettext(value) if value else ""
    return format_number(as_decimal(value))
