"""What somebody must look at: pure rules over figures, each with its reason in one sentence.

Who owns an alert, and whether it was attended, belongs to whoever stores it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sigpret.methodology.achievement import Figure
from sigpret.methodology.explain import Explanation, Parameter, period_word
from sigpret.methodology.explain import gettext_noop as _
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy
from sigpret.methodology.rollup import scored
from sigpret.methodology.status import Status


class Severity(StrEnum):
    """How soon it asks for an answer."""

    NOTICE = "notice"
    WARNING = "warning"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True)
class Alert:
    """One rule that fired for one subject in one period; its numbers are in the explanation."""

    rule: str
    severity: Severity
    subject: str
    period: Period
    explanation: Explanation


def alert(
    rule: str, severity: Severity, subject: str, period: Period, template: str, **params: Parameter
) -> Alert:
    """An alert whose sentence always knows its period."""
    numbers = {"period": period_word(period), **params}
    return Alert(rule, severity, subject, period, Explanation(f"alert.{rule}", template, numbers))


def not_reported(subject: str, period: Period, figure: Figure) -> Alert | None:
    """Something was due at the closing and nobody reported it."""
    if figure.status is not Status.NOT_REPORTED:
        return None
    template = _("Al cierre del %(period)s no se reportó lo programado: %(planned)s.")
    return alert(
        "not_reported", Severity.WARNING, subject, period, template, planned=figure.planned
    )


def low_status(subject: str, period: Period, figure: Figure, policy: Policy) -> Alert | None:
    """The achievement is below the threshold of what is still only at risk."""
    if figure.status is not Status.BEHIND:
        return None
    return alert(
        "low_status",
        Severity.CRITICAL,
        subject,
        period,
        _("Rezagada al %(period)s: %(value)s %% de lo programado, por debajo de %(limit)s %%."),
        value=figure.value,
        limit=policy.at_risk,
    )


def executed_without_planned(subject: str, period: Period, figure: Figure) -> Alert | None:
    """Something was done in a period in which nothing was programmed."""
    if figure.planned or not figure.executed or figure.value is not None:
        return None
    return alert(
        "executed_without_planned",
        Severity.NOTICE,
        subject,
        period,
        _("En el %(period)s se ejecutó %(executed)s sin haberlo programado."),
        executed=figure.executed,
    )


def above_ceiling(subject: str, period: Period, figure: Figure, policy: Policy) -> Alert | None:
    """The achievement is so high that the value or its target must be wrong."""
    if figure.value is None or figure.value <= policy.execution_ceiling:
        return None
    return alert(
        "above_ceiling",
        Severity.WARNING,
        subject,
        period,
        _("%(value)s %% al %(period)s: revise el dato o la meta, pasa de %(limit)s %%."),
        value=figure.value,
        limit=policy.execution_ceiling,
    )


def two_period_fall(
    subject: str, achievements: Sequence[tuple[Period, Decimal | None]]
) -> Alert | None:
    """The achievement fell in each of the last two periods; a silent period breaks the run.

    `achievements` are the same figure of consecutive periods, oldest first.
    """
    if len(achievements) < 3:
        return None
    (_first, before), (_second, then), (period, now) = achievements[-3:]
    if before is None or then is None or now is None or not before > then > now:
        return None
    return alert(
        "two_period_fall",
        Severity.WARNING,
        subject,
        period,
        _("Dos períodos seguidos de caída hasta el %(period)s: %(before)s, %(then)s y %(now)s %%."),
        before=before,
        then=then,
        now=now,
    )


def chain_inconsistent(
    subject: str, period: Period, own: Figure, contributed: Figure, policy: Policy
) -> Alert | None:
    """What a goal measures and what contributes to it disagree: products without result, or
    the reverse. Compared as they would score, so that passing 100 is no disagreement."""
    if own.value is None or contributed.value is None:
        return None
    gap = abs(scored(own.value, policy) - scored(contributed.value, policy))
    if gap <= policy.chain_gap:
        return None
    return alert(
        "chain_inconsistent",
        Severity.WARNING,
        subject,
        period,
        _(
            "Cadena inconsistente al %(period)s: la meta mide %(own)s %% y lo que contribuye a"
            " ella %(contributed)s %%, %(gap)s puntos de diferencia."
        ),
        own=own.value,
        contributed=contributed.value,
        gap=gap,
    )
