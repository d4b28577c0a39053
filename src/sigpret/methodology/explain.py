"""A result that can tell how it was obtained: a rule, a sentence and the parts it came from.

The sentence is made only when somebody reads it; a number for a whole country costs no text.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, Self

from sigpret.methodology.periods import Period
from sigpret.methodology.values import NO_BREAK_SPACE, plain, printed

Parameter = str | Decimal | None

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
PERIOD = re.compile(r"[0-9]{4}-[STQBM][0-9]{1,2}")
YEAR = re.compile(r"[0-9]{4}")


def gettext_noop(text: str) -> str:
    """Mark a sentence for the translators; the shell translates it when it is shown."""
    return text


class Part(NamedTuple):
    """One row under a number: what it is about and what it brought.

    Planned and executed are in the subject's unit; value and contribution are percentages
    (0-100) where the number above is one.
    """

    subject: str
    label: str = ""
    period: Period | None = None
    planned: Decimal | None = None
    executed: Decimal | None = None
    value: Decimal | None = None
    weight: Decimal | None = None
    contribution: Decimal | None = None

    def to_json(self) -> dict[str, str | None]:
        """Every field as text, decimals in plain notation, the period by its code."""
        return {
            "subject": self.subject,
            "label": self.label,
            "period": None if self.period is None else self.period.code,
            "planned": _text(self.planned),
            "executed": _text(self.executed),
            "value": _text(self.value),
            "weight": _text(self.weight),
            "contribution": _text(self.contribution),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, str | None]) -> Self:
        numbers = {name: _decimal(stored.get(name)) for name in PART_NUMBERS}
        code = stored.get("period")
        return cls(
            subject=stored["subject"] or "",
            label=stored.get("label") or "",
            period=None if code is None else Period.parse(code),
            **numbers,
        )


PART_NUMBERS = ("planned", "executed", "value", "weight", "contribution")


@dataclass(frozen=True)
class Explanation:
    """Why a number is what it is.

    `rule` names the paragraph of the methodology; `template` is a Spanish sentence with
    %(name)s places, filled from `params`: decimals, period codes (years as `ejercicio 2026`,
    so that no text reads as a number) and words. None prints as "sin dato". `notes` are the
    templates of the sentences that follow.
    """

    rule: str
    template: str
    params: Mapping[str, Parameter]
    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """The reason in words, numbers rounded half-up for the eye only."""
        words = {name: _spoken(value, translate) for name, value in self.params.items()}
        templates = " ".join(map(translate, (self.template, *self.notes)))
        return (templates % words).replace(" %", f"{NO_BREAK_SPACE}%")

    def to_json(self) -> dict[str, Any]:
        """What a snapshot keeps: exact numbers as text, and the sentence as it read that day.

        Made once: the same reason is stored with the figure and with its snapshot.
        """
        return self._json

    @cached_property
    def _json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "template": self.template,
            "params": {name: _written(value) for name, value in self.params.items()},
            "sentence": self.sentence(),
            "parts": [part.to_json() for part in self.parts],
            **({"notes": list(self.notes)} if self.notes else {}),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The explanation a snapshot kept; the sentence is made again from its template."""
        return cls(
            rule=stored["rule"],
            template=stored["template"],
            params={name: _read(text) for name, text in stored["params"].items()},
            parts=tuple(Part.from_json(part) for part in stored["parts"]),
            notes=tuple(stored.get("notes", ())),
        )


@lru_cache(maxsize=4096)
def period_word(period: Period) -> str:
    """A period as a parameter: its code, or `ejercicio 2026`, which no number reads like."""
    code = period.code
    return f"ejercicio {code}" if YEAR.fullmatch(code) else code


def _written(value: Parameter) -> str | None:
    return plain(value) if isinstance(value, Decimal) else value


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _read(text: str | None) -> Parameter:
    return Decimal(text) if text is not None and NUMBER.fullmatch(text) else text


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _spoken(value: Parameter, translate: Callable[[str], str]) -> str:
    if isinstance(value, str):
        return Period.parse(value).label if PERIOD.fullmatch(value) else translate(value)
    return printed(value)
