"""The pages of coherence as drawn: of one plan by rule, and of the country by rule and plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext

from sigpret.apps.planning.coherence_words import RULE_WORDS
from sigpret.apps.planning.queries.coherence_of import PlanCoherence
from sigpret.intake.spelling import fold
from sigpret.methodology.plans.facts import Finding
from sigpret.web.components import Chip, Choice, Text

ERRORS, WARNINGS, COHERENT = "errores", "avisos", "coherentes"
VIEWS: dict[str, Text] = {
    "": gettext_lazy("Todos"),
    ERRORS: gettext_lazy("Errores"),
    WARNINGS: gettext_lazy("Avisos"),
}
COUNTRY_VIEWS: dict[str, Text] = {
    "": gettext_lazy("Todos los planes"),
    ERRORS: gettext_lazy("Con errores"),
    WARNINGS: gettext_lazy("Con avisos"),
    COHERENT: gettext_lazy("Coherentes"),
}
#: What a finding that is at no product of the plan speaks of.
PLACES: dict[str, Text] = {
    "result_without_indicator": gettext_lazy("Resultado del plan"),
    "product_without_result": gettext_lazy("Objetivo del plan"),
    "report_numbers": gettext_lazy("Producto del reporte"),
}


def counted(errors: int, warnings: int) -> str:
    """`1 error y 3 avisos`; "" when there is nothing."""
    parts = []
    if errors:
        parts.append(ngettext("%(n)d error", "%(n)d errores", errors) % {"n": errors})
    if warnings:
        parts.append(ngettext("%(n)d aviso", "%(n)d avisos", warnings) % {"n": warnings})
    return gettext(" y ").join(parts)


@dataclass(frozen=True, slots=True)
class Line:
    """A finding where it happens: `place` is its code in the plan, `name` the product's or what
    else it is."""

    place: str
    name: str
    sentence: str
    is_error: bool
    product_id: int | None = None


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """What one rule found in a plan."""

    code: str
    name: Text
    asks: Text
    errors: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PlanCoherencePage:
    """The findings of a plan that are shown, by rule; `counted` is of all of them.

    `stops`: is there an error nobody sends the plan with? The others are explained.
    """

    counted: str
    errors: int
    stops: bool
    groups: tuple[RuleGroup, ...]
    chips: tuple[Chip, ...]


def plan_page(plan: PlanCoherence, view: str) -> PlanCoherencePage:
    """One plan: everything, only its errors or only its warnings."""
    chosen = view if view in VIEWS else ""
    counts = {"": len(plan.findings), ERRORS: plan.errors, WARNINGS: plan.warnings}
    return PlanCoherencePage(
        counted=counted(plan.errors, plan.warnings),
        errors=plan.errors,
        stops=any(finding.stops for finding in plan.findings),
        groups=tuple(groups_of(plan, chosen)),
        chips=tuple(
            Chip(label, f"?{urlencode({'ver': code})}", counts[code], is_on=code == chosen)
            for code, label in VIEWS.items()
        ),
    )


def groups_of(plan: PlanCoherence, view: str) -> Iterator[RuleGroup]:
    """The findings by rule, in the order in which the rules are listed: errors first."""
    for code, words in RULE_WORDS.items():
        lines = tuple(
            _line(plan, finding)
            for finding in plan.findings
            if finding.rule == code and _is_seen(finding, view)
        )
        if lines:
            errors = sum(line.is_error for line in lines)
            yield RuleGroup(code, words.name, words.asks, errors, lines)


def _is_seen(finding: Finding, view: str) -> bool:
    return view == "" or finding.is_error == (view == ERRORS)


def _line(plan: PlanCoherence, finding: Finding) -> Line:
    place = PLACES.get(finding.rule, gettext_lazy("Todo el plan"))
    name = plan.names.get(finding.product_id or 0, str(place))
    return Line(
        finding.label, name, finding.sentence(gettext), finding.is_error, finding.product_id
    )


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule in the country: how many findings, in how many plans; `url` shows which."""

    name: Text
    asks: Text
    is_error: bool
    findings: int
    plans: int
    url: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan in the country: what fails in it, in words."""

    plan: PlanCoherence
    fails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountryCoherencePage:
    """The plans of a year; `rows` are those of the chosen rule, state and search."""

    year: int
    total: int
    with_errors: int
    coherent: int
    rules: tuple[RuleRow, ...]
    rows: tuple[PlanRow, ...]
    chips: tuple[Chip, ...]
    years: tuple[Choice, ...]
    view: str
    rule: str
    search: str


def country_page(
    plans: Sequence[PlanCoherence],
    year: int,
    *,
    years: Iterable[int],
    view: str,
    rule: str,
    search: str,
) -> CountryCoherencePage:
    """The country by rule and by plan, looked at with a filter that travels in the address."""
    chosen = view if view in COUNTRY_VIEWS else ""
    code = rule if rule in RULE_WORDS else ""
    rows = [plan for plan in plans if _is_in(plan, chosen) and _fails(plan, code)]
    return CountryCoherencePage(
        year=year,
        total=len(plans),
        with_errors=sum(plan.errors > 0 for plan in plans),
        coherent=sum(not plan.findings for plan in plans),
        rules=tuple(_rule_rows(plans, code)),
        rows=tuple(PlanRow(plan, _words(plan)) for plan in rows if _matches(plan, search)),
        chips=tuple(_chips(plans, chosen, code)),
        years=tuple(_years(year, years)),
        view=chosen,
        rule=code,
        search=search,
    )


def _is_in(plan: PlanCoherence, view: str) -> bool:
    tests = {ERRORS: plan.errors > 0, WARNINGS: plan.warnings > 0, COHERENT: not plan.findings}
    return tests.get(view, True)


def _fails(plan: PlanCoherence, rule: str) -> bool:
    return not rule or any(finding.rule == rule for finding in plan.findings)


def _matches(plan: PlanCoherence, search: str) -> bool:
    place = plan.institution
    text = fold(f"{place.code} {place.name} {place.acronym}")
    return all(word in text for word in fold(search).split())


def _rule_rows(plans: Sequence[PlanCoherence], chosen: str) -> Iterator[RuleRow]:
    for code, words in RULE_WORDS.items():
        failing = [plan for plan in plans if _fails(plan, code)]
        found = [one for plan in failing for one in plan.findings if one.rule == code]
        if found:
            url = f"?{urlencode({'regla': code})}"
            is_error = any(one.is_error for one in found)
            yield RuleRow(
                words.name, words.asks, is_error, len(found), len(failing), url, code == chosen
            )


def _words(plan: PlanCoherence) -> tuple[str, ...]:
    """`Los trimestres no hacen el año (2)`."""
    counts = Counter(finding.rule for finding in plan.findings)
    return tuple(
        f"{words.name} ({counts[code]})" for code, words in RULE_WORDS.items() if counts[code]
    )


def _chips(plans: Sequence[PlanCoherence], view: str, rule: str) -> Iterator[Chip]:
    for code, label in COUNTRY_VIEWS.items():
        count = sum(_is_in(plan, code) for plan in plans)
        yield Chip(label, f"?{urlencode({'ver': code})}", count, is_on=code == view and not rule)
    if rule:
        count = sum(_fails(plan, rule) for plan in plans)
        url = f"?{urlencode({'regla': rule})}"
        yield Chip(RULE_WORDS[rule].name, url, count, is_on=True)


def _years(year: int, years: Iterable[int]) -> Iterator[Choice]:
    for other in sorted({*years, year}, reverse=True):
        yield Choice(str(other), reverse("planning:country_coherence", args=[other]), other == year)
