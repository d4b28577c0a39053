"""What a careful reader asks of one datum before it counts: pure rules, each with its sentence.

None of them says that a datum is wrong. They say where to look first, and with which numbers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from sigpret.methodology.achievement import Figure
from sigpret.methodology.alerts import Alert, Severity, alert
from sigpret.methodology.control_chart import expected_range
from sigpret.methodology.explain import Explanation, Parameter
from sigpret.methodology.explain import gettext_noop as _
from sigpret.methodology.measure import Accumulation, Sense
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy
from sigpret.methodology.quality import anomaly
from sigpret.methodology.status import Status
from sigpret.methodology.values import HUNDRED, median


class Observation(NamedTuple):
    """One earlier period of the same subject, in its unit; None is not programmed, not reported."""

    period: Period
    planned: Decimal | None
    executed: Decimal | None


@dataclass(frozen=True, slots=True)
class Datum:
    """A reported quantity and what is known around it.

    `planned` is of the period itself, `figure` the achievement to date (percent, raw), `history`
    the earlier periods, oldest first, whatever their year. `evidence` counts the files shown,
    `hours_left` is what was left of the term when it was written (None: no term), `is_corrected`
    says it came back after a return, `contradiction` what a field visit found instead.
    """

    subject: str
    period: Period
    value: Decimal
    planned: Decimal | None
    figure: Figure
    sense: Sense = Sense.ASCENDING
    accumulation: Accumulation = Accumulation.SUM
    history: Sequence[Observation] = ()
    evidence: int = 0
    hours_left: Decimal | None = None
    is_corrected: bool = False
    contradiction: str = ""

    @property
    def reported(self) -> list[Decimal]:
        """The quantities of its history, oldest first."""
        return [one.executed for one in self.history if one.executed is not None]


class Check(NamedTuple):
    """One thing that was looked at: the signal it gave, or the sentence of why there is none."""

    signal: Alert | None
    calm: Explanation | None


Rule = Callable[[Datum, Policy], Alert | None]


def signals_of(datum: Datum, policy: Policy) -> tuple[Alert, ...]:
    """Every signal of a datum, the gravest first."""
    found = (rule(datum, policy) for rule in RULES)
    return tuple(sorted((one for one in found if one), key=lambda one: GRAVITY[one.severity]))


def checks_of(datum: Datum, policy: Policy) -> tuple[Check, ...]:
    """The signals, and after them what was looked at and is in order."""
    signals = signals_of(datum, policy)
    calm = [says(datum, policy) for says in CALM]
    return (*(Check(one, None) for one in signals), *(Check(None, one) for one in calm if one))


def is_grave(signals: Sequence[Alert]) -> bool:
    """Does it go to the top of the list? Two signals do, and one that contradicts the datum."""
    return len(signals) > 1 or any(one.severity is Severity.CRITICAL for one in signals)


def signal(
    datum: Datum, rule: str, severity: Severity, template: str, **params: Parameter
) -> Alert:
    return alert(rule, severity, datum.subject, datum.period, template, **params)


def contradicted(datum: Datum, policy: Policy) -> Alert | None:
    """Somebody went and saw something else."""
    if not datum.contradiction:
        return None
    template = _("Una visita de campo contradice el dato: %(found)s")
    return signal(datum, "contradicted", Severity.CRITICAL, template, found=datum.contradiction)


def outlier(datum: Datum, policy: Policy) -> Alert | None:
    """Outside what its own history makes expect: the control chart when there is enough of it,
    else the median deviations, else only a jump."""
    history = datum.reported
    expected = expected_range(history, policy)
    if expected is not None:
        if expected.holds(datum.value):
            return None
        template = _(
            "Fuera de la variación esperada: era de %(low)s a %(high)s; reporta %(value)s."
        )
        return signal(
            datum, "outside_expected", Severity.WARNING, template,
            low=expected.low, high=expected.high, value=datum.value,
        )  # fmt: skip
    if is_announced(datum, policy):
        return None
    if len(history) >= policy.anomaly_points:
        found = anomaly(datum.subject, datum.period, datum.value, history, policy)
        return found and replace(found, severity=Severity.WARNING)
    return jump(datum, policy)


def is_announced(datum: Datum, policy: Policy) -> bool:
    """The programming had said that this period would be another than usual."""
    if not datum.planned:
        return False
    low, high = policy.explanation_range
    return low <= HUNDRED * datum.value / datum.planned <= high


def jump(datum: Datum, policy: Policy) -> Alert | None:
    """With a short history: several times the largest that was ever reported."""
    largest = max(datum.reported, default=Decimal(0))
    if largest <= 0 or datum.value <= policy.jump_ratio * largest:
        return None
    template = _("%(value)s es más de %(ratio)s veces lo mayor que había reportado, %(largest)s.")
    return signal(
        datum, "jump", Severity.WARNING, template,
        value=datum.value, ratio=policy.jump_ratio, largest=largest,
    )  # fmt: skip


def wrong_way(datum: Datum, policy: Policy) -> Alert | None:
    """It moved against what is wanted: past where it began, or back from the last report while
    it is short of what was programmed."""
    if datum.figure.value is not None and datum.figure.value < 0:
        template = _("Va en sentido contrario: lleva %(percent)s %% de lo programado.")
        return signal(datum, "wrong_way", Severity.WARNING, template, percent=datum.figure.value)
    before = datum.reported[-1] if datum.reported else None
    if before is None or not went_back(datum, before):
        return None
    template = _("Va en sentido contrario: pasó de %(before)s a %(value)s.")
    return signal(datum, "wrong_way", Severity.WARNING, template, before=before, value=datum.value)


def went_back(datum: Datum, before: Decimal) -> bool:
    """Quantities that add up begin again every period; of the others, worse is worse."""
    is_short = datum.figure.status in {Status.BEHIND, Status.AT_RISK}
    if datum.accumulation is Accumulation.SUM or not is_short:
        return False
    worse = {Sense.ASCENDING: datum.value < before, Sense.DESCENDING: datum.value > before}
    return worse.get(datum.sense, False)


def nothing_done(datum: Datum, policy: Policy) -> Alert | None:
    """A zero where something was programmed; where zero is the aim it is the best news."""
    if datum.value != 0 or not datum.planned or datum.sense is Sense.DESCENDING:
        return None
    template = _("Reporta 0 y había programado %(planned)s.")
    return signal(datum, "nothing_done", Severity.WARNING, template, planned=datum.planned)


def no_evidence(datum: Datum, policy: Policy) -> Alert | None:
    """Something was done and no file shows it; a zero has nothing to show."""
    if datum.evidence or datum.value == 0:
        return None
    template = _("Reporta %(value)s sin adjuntar evidencia.")
    return signal(datum, "no_evidence", Severity.WARNING, template, value=datum.value)


def exceeded(datum: Datum, policy: Policy) -> Alert | None:
    """More than what is still believable of a programming."""
    value = datum.figure.value
    if value is None or value <= policy.exceeded:
        return None
    template = _(
        "Lleva %(percent)s %% de lo programado; sobre %(limit)s %% revise el dato o la meta."
    )
    return signal(
        datum, "exceeded", Severity.WARNING, template, percent=value, limit=policy.exceeded
    )


def unplanned(datum: Datum, policy: Policy) -> Alert | None:
    """Done in a period in which nothing was programmed."""
    if datum.planned or datum.value <= 0:
        return None
    template = _("Ejecutó %(value)s en el %(period)s sin haberlo programado.")
    return signal(datum, "unplanned", Severity.WARNING, template, value=datum.value)


def first_time(datum: Datum, policy: Policy) -> Alert | None:
    """There is nothing to compare it with."""
    if datum.reported:
        return None
    return signal(
        datum, "first_time", Severity.NOTICE, _("Es la primera vez que se reporta: %(value)s."),
        value=datum.value,
    )  # fmt: skip


def repeated(datum: Datum, policy: Policy) -> Alert | None:
    """The same number once more, though the programming was another."""
    earlier = [one for one in datum.history if one.executed is not None]
    run = earlier[len(earlier) - (policy.repeated_periods - 1) :]
    if len(earlier) < policy.repeated_periods - 1 or datum.sense is Sense.MAINTAIN:
        return None
    is_plan = datum.planned == datum.value and all(one.planned == one.executed for one in run)
    if is_plan or any(one.executed != datum.value for one in run):
        return None
    template = _("Reporta %(value)s por %(count)s períodos seguidos.")
    return signal(
        datum, "repeated", Severity.NOTICE, template,
        value=datum.value, count=Decimal(policy.repeated_periods),
    )  # fmt: skip


def always_exact(datum: Datum, policy: Policy) -> Alert | None:
    """Exactly as programmed, period after period: reality is seldom so obedient."""
    programmed = [one for one in datum.history if one.planned]
    run = programmed[len(programmed) - (policy.exact_periods - 1) :]
    if len(programmed) < policy.exact_periods - 1 or not datum.planned:
        return None
    if datum.value != datum.planned or any(one.executed != one.planned for one in run):
        return None
    template = _("Exactamente el 100 %% de lo programado en %(count)s períodos seguidos.")
    return signal(
        datum, "always_exact", Severity.NOTICE, template, count=Decimal(policy.exact_periods)
    )


def last_minute(datum: Datum, policy: Policy) -> Alert | None:
    """Written when the term was about to end, or after it: there was little time to check it."""
    left = datum.hours_left
    if left is None or left >= policy.last_minute_hours:
        return None
    template = _("Se escribió en las últimas %(limit)s horas del plazo.")
    return signal(datum, "last_minute", Severity.NOTICE, template, limit=policy.last_minute_hours)


def corrected(datum: Datum, policy: Policy) -> Alert | None:
    """Whoever returned it wants to see what changed."""
    if not datum.is_corrected:
        return None
    return signal(
        datum, "corrected", Severity.NOTICE, _("Corregido o explicado después de una devolución.")
    )


RULES: tuple[Rule, ...] = (
    contradicted,
    outlier,
    wrong_way,
    nothing_done,
    no_evidence,
    exceeded,
    unplanned,
    first_time,
    repeated,
    always_exact,
    last_minute,
    corrected,
)
GRAVITY = {Severity.CRITICAL: 0, Severity.WARNING: 1, Severity.NOTICE: 2}


def has_evidence(datum: Datum, policy: Policy) -> Explanation | None:
    if not datum.evidence:
        return None
    count = Decimal(datum.evidence)
    return Explanation("check.evidence", _("Evidencias adjuntas: %(count)s."), {"count": count})


def within_history(datum: Datum, policy: Policy) -> Explanation | None:
    """Why the history gave no signal: the datum is as usual, or there is too little of it."""
    history = datum.reported
    if not history or outlier(datum, policy):
        return None
    expected = expected_range(history, policy)
    if expected is not None:
        template = _("Dentro de la variación esperada, de %(low)s a %(high)s.")
        limits = {"low": expected.low, "high": expected.high}
        return Explanation("check.expected", template, limits)
    if is_announced(datum, policy):
        template = _("Cerca de lo programado para el período, %(planned)s.")
        return Explanation("check.announced", template, {"planned": datum.planned})
    if len(history) >= policy.anomaly_points:
        template = _("Cerca de lo habitual en su historia, %(usual)s.")
        return Explanation("check.usual", template, {"usual": median(history)})
    template = _("Datos anteriores: %(count)s; con menos de %(needed)s no se juzga si es raro.")
    numbers = {"count": Decimal(len(history)), "needed": Decimal(policy.anomaly_points)}
    return Explanation("check.short_history", template, numbers)


def with_time(datum: Datum, policy: Policy) -> Explanation | None:
    if datum.hours_left is None or last_minute(datum, policy):
        return None
    return Explanation("check.with_time", _("Se escribió con tiempo para revisarlo."), {})


CALM: tuple[Callable[[Datum, Policy], Explanation | None], ...] = (
    has_evidence,
    within_history,
    with_time,
)
