"""The sentence of a number, with its numbers printed for people."""

from dataclasses import dataclass, field
from decimal import Decimal

from sigpret.web.explanations import sentence


@dataclass(frozen=True)
class Said:
    template: str
    params: dict = field(default_factory=dict)
    notes: tuple = ()


def test_exact_parameters_are_printed_rounded():
    said = Said("%(done)s ÷ %(planned)s = %(value)s %%", {"done": Decimal(742),
                "planned": Decimal(1200), "value": Decimal("61.8333333")})  # fmt: skip
    assert sentence(said) == "742 ÷ 1,200 = 61.83 %"


def test_a_missing_parameter_is_said_and_is_not_zero():
    assert sentence(Said("Reportado: %(done)s", {"done": None})) == "Reportado: sin dato"


def test_a_period_is_named():
    said = sentence(Said("Hasta el %(period)s", {"period": "2026-Q3"}))
    assert said.replace("\u00a0", " ") == "Hasta el III trimestre de 2026"


def test_a_stored_explanation_reads_like_a_fresh_one():
    stored = {"rule": "sum", "template": "Suma %(total)s", "params": {"total": "1234.50"}}
    assert sentence(stored) == "Suma 1,234.5"


def test_no_explanation_is_no_sentence():
    assert sentence(None) == ""
