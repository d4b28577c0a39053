"""How much of its targets a measure met: in the period, to date, in the year, over the years.

A report after the period looked at does not exist yet. What is due and was not reported has
no value; what is not due shows its progress without being judged.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, partial
from operator import attrgetter

from sigpret.methodology.explain import Explanation, Parameter, Part, period_word
from sigpret.methodology.explain import gettext_noop as _
from sigpret.methodology.formulas import (
    EXECUTED_WITHOUT_PLANNED,
    NOTHING_PLANNED,
    RATIO,
    Attained,
    Rule,
    Yardstick,
)
from sigpret.methodology.measure import Accumulation, AcrossYears, Measure
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import FlowWholePeriod, Policy
from sigpret.methodology.reading import NOTHING, Amounts, Reading
from sigpret.methodology.status import Status, status_of
from sigpret.methodology.values import ZERO, Ratio

PERIOD, TO_DATE = _("Del período"), _("A la fecha")
ANNUAL, MULTI_YEAR = _("Del año"), _("Plurianual")

NOT_PROGRAMMED = Rule(
    "achievement.not_programmed", _("%(scope)s (%(period)s): no hay nada programado.")
)
NOT_REPORTED = Rule(
    "achievement.not_reported",
    _("%(scope)s (%(period)s): se programó %(planned)s y no se reportó."),
)
NOT_YET = Rule(
    "achievement.not_yet",
    _("%(scope)s (%(period)s): la meta %(planned)s todavía no vence y no hay reporte."),
)
NO_DENOMINATOR = Rule(
    "achievement.no_denominator",
    _(
        "%(scope)s (%(period)s): se reportó; el denominador es 0 y no hay resultado que calcular."
        " No entra en ningún promedio."
    ),
)
MEAN_OF_YEARS = Rule(
    "achievement.mean_of_years",
    _("%(scope)s (%(period)s): promedio de los cumplimientos de cada año: %(value)s %%."),
)
COMPUTED = Rule("computed", _("Se calcula de sus variables: %(formula)s = %(worked)s."))
OWN_THRESHOLDS = Rule(
    "own_thresholds",
    _(
        "El indicador tiene sus propios umbrales: en ruta desde %(on_track)s %% y en riesgo desde"
        " %(at_risk)s %%."
    ),
)


@dataclass(slots=True, eq=False)
class Figure:
    """An achievement in percent (0-100 scale), raw: it may be negative or pass 100.

    `planned` and `executed` are the two amounts compared, in the measure's unit; None where
    there is no such amount. `is_ratio`: it is the second over the first; `of_variables` are the
    two parts of a computed one, in the unit of its numerator. `explain` puts its reason together.
    """

    value: Decimal | None
    status: Status
    explain: Callable[[], Explanation]
    planned: Decimal | None = None
    executed: Decimal | None = None
    is_ratio: bool = False
    of_variables: Ratio | None = None
    _explanation: Explanation | None = field(default=None, init=False)

    @property
    def explanation(self) -> Explanation:
        """Why it is what it is. Made when first asked for: most figures are only compared."""
        if self._explanation is None:
            self._explanation = self.explain()
        return self._explanation

    def __eq__(self, other: object) -> bool:
        """The same figures, for the same reason."""
        if not isinstance(other, Figure):
            return NotImplemented
        compared = attrgetter("value", "status", "planned", "executed", "explanation")
        return bool(compared(self) == compared(other))


class Achievement:
    """The four figures of a measure, each worked out when first asked for.

    Always say which one is shown: a country's board reads one of them for most measures.
    """

    def __init__(self, reading: Reading, policy: Policy) -> None:
        self._reading, self._policy = reading, policy

    @cached_property
    def period(self) -> Figure:
        """The period itself, or the longer one that was programmed to end with it."""
        own = self._reading.own_period()
        return figure(PERIOD, own, self._reading.stated(own), self._reading, self._policy)

    @cached_property
    def to_date(self) -> Figure:
        """January up to the period: what was programmed by then against what was executed."""
        reading = self._reading
        return figure(TO_DATE, reading.as_of, reading.to_date(), reading, self._policy)

    @cached_property
    def annual(self) -> Figure:
        """What the year has so far against the target of the whole year."""
        year = self._reading.as_of.year_period
        return figure(ANNUAL, year, self._reading.stated(year), self._reading, self._policy)

    @cached_property
    def multi_year(self) -> Figure:
        """Every year up to now against the targets of the whole period, as the kind says."""
        return over_the_years(self._reading, self._policy)


def achieve(measure: Measure, *, as_of: Period, policy: Policy) -> Achievement:
    """The achievement of a measure seen at the end of a period, with what was reported by then."""
    return Achievement(Reading(measure, as_of), held_to(measure, policy))


def held_to(measure: Measure, policy: Policy) -> Policy:
    """The policy with the thresholds of the measure's own sheet, where it has them."""
    own = measure.thresholds
    return policy if own is None else replace(policy, on_track=own.on_track, at_risk=own.at_risk)


def due_in(measure: Measure, period: Period) -> bool:
    """Does something programmed fall due in a period, so that it must be reported then?

    What ends inside it does; a plain target of 0 asks for nothing.
    """
    due_by = Reading(measure, period).to_date().due_by
    return due_by is not None and due_by >= period.first


def figure(
    scope: str,
    period: Period,
    amounts: Amounts,
    reading: Reading,
    policy: Policy,
    yardstick: Yardstick | None = None,
) -> Figure:
    """One figure from its amounts, held to the year's yardstick unless another is given."""
    yardstick = yardstick or reading.yardstick
    is_due, is_reported = standing(amounts, reading)
    rule, value = judged(amounts, yardstick, is_due=is_due, is_reported=is_reported)
    status = status_of(value, is_due=is_due, is_reported=is_reported, policy=policy)
    if rule is NO_DENOMINATOR and is_due:
        status = Status.NO_DENOMINATOR
    return Figure(
        value,
        status,
        partial(explained, scope, period, amounts, reading.measure, yardstick, rule, value),
        amounts.planned,
        amounts.executed,
        rule is RATIO,
        ratio_of_variables(reading.measure, amounts) if amounts.variables else None,
    )


def explained(
    scope: str,
    period: Period,
    amounts: Amounts,
    measure: Measure,
    yardstick: Yardstick,
    rule: Rule,
    value: Decimal | None,
) -> Explanation:
    """The reason of a figure: its rule, its numbers and the periods they come from."""
    params: dict[str, Parameter] = {
        "scope": scope,
        "period": period_word(period),
        "planned": amounts.planned,
        "executed": amounts.executed,
        "value": value,
        "baseline": yardstick.baseline,
        "tolerance": yardstick.tolerance,
    }
    notes = tuple(noted(measure, amounts, params))
    return Explanation(rule.name, rule.template, params, amounts.parts(), notes)


def noted(measure: Measure, amounts: Amounts, params: dict[str, Parameter]) -> Iterator[str]:
    """The sentences after the first one, filling `params` with what they need."""
    computed = measure.computed
    if computed is not None and amounts.variables:
        params["formula"] = str(computed.formula)
        params["worked"] = computed.worked(amounts.variables)
        params.update(pooling_of(ratio_of_variables(measure, amounts)))
        yield COMPUTED.template
    if measure.thresholds is not None:
        params["on_track"], params["at_risk"] = measure.thresholds
        yield OWN_THRESHOLDS.template


def ratio_of_variables(measure: Measure, amounts: Amounts) -> Ratio | None:
    """The two parts a computed measure was worked out from; None of any other."""
    if measure.computed is None or amounts.planned is None:
        return None
    return measure.computed.ratio(amounts.variables, amounts.planned)


def pooling_of(ratio: Ratio | None) -> dict[str, Parameter]:
    """The two parts of a ratio as parameters, for a parent that pools its children."""
    if ratio is None:
        return {}
    return {"numerator": ratio.numerator, "denominator": ratio.denominator, "of": ratio.unit}


def standing(amounts: Amounts, reading: Reading) -> tuple[bool, bool]:
    """Whether the amounts are due, and whether the last thing due was reported."""
    if amounts.due_by is None:
        return False, amounts.is_reported
    is_reported = amounts.is_reported and reading.reported_until >= amounts.due_by
    return amounts.due_by <= reading.as_of.last, is_reported


def judged(amounts: Amounts, yardstick: Yardstick, *, is_due: bool, is_reported: bool) -> Attained:
    """The rule that applies to the amounts and the raw achievement, None when there is none."""
    if is_due and not is_reported:
        return NOT_REPORTED, None
    if amounts.executed is None and amounts.is_reported:
        return NO_DENOMINATOR, None
    if amounts.executed is None:
        return (NOT_PROGRAMMED if amounts.due_by is None else NOT_YET), None
    if amounts.planned is None:
        return (EXECUTED_WITHOUT_PLANNED if amounts.executed else NOTHING_PLANNED), None
    return yardstick.attained(amounts.executed, amounts.planned)


def over_the_years(reading: Reading, policy: Policy) -> Figure:
    """Every year up to now against the targets of the whole period, as the kind says."""
    years, measure = reading.years(), reading.measure
    kind = measure.kind or kind_by_default(measure.accumulation)
    if kind is AcrossYears.CUMULATIVE:
        # A sum over years does not start from the level of one of them.
        yardstick = reading.yardstick._replace(baseline=None)
        return figure(
            MULTI_YEAR, reading.as_of, summed(measure.id, years), reading, policy, yardstick
        )
    amounts = latest_against_last(measure.id, years)
    if kind is AcrossYears.ANNUAL_REDUCTION or (
        kind is AcrossYears.FLOW and policy.flow_whole_period is FlowWholePeriod.MEAN
    ):
        return mean_of_years(years, amounts, reading, policy)
    return figure(MULTI_YEAR, reading.as_of, amounts, reading, policy)


def kind_by_default(accumulation: Accumulation) -> AcrossYears:
    """What adds up within a year adds up across years; anything else is a level."""
    return AcrossYears.CUMULATIVE if accumulation is Accumulation.SUM else AcrossYears.STOCK


def summed(subject: str, years: dict[Period, Amounts]) -> Amounts:
    """All the years together."""
    planned = [year.planned for year in years.values() if year.planned is not None]
    executed = [year.executed for year in years.values() if year.executed is not None]
    return Amounts(
        sum(planned, ZERO) if planned else None,
        sum(executed, ZERO) if executed else None,
        last_due(years),
        partial(by_year, subject, years),
        variables_alone(years),
    )


def latest_against_last(subject: str, years: dict[Period, Amounts]) -> Amounts:
    """The latest year with a report against the last year with a target."""
    planned = [year.planned for year in years.values() if year.planned is not None]
    executed = [year.executed for year in years.values() if year.executed is not None]
    return Amounts(
        planned[-1] if planned else None,
        executed[-1] if executed else None,
        last_due(years),
        partial(by_year, subject, years),
        variables_alone(years),
    )


def variables_alone(years: dict[Period, Amounts]) -> Mapping[str, Decimal]:
    """The last amounts that were reported, when no year makes a value of its own."""
    if any(year.executed is not None for year in years.values()):
        return NOTHING
    reported = [year.variables for year in years.values() if year.is_reported]
    return reported[-1] if reported else NOTHING


def last_due(years: dict[Period, Amounts]) -> int | None:
    return max((year.due_by for year in years.values() if year.due_by is not None), default=None)


def by_year(subject: str, years: dict[Period, Amounts]) -> tuple[Part, ...]:
    return tuple(
        [
            Part(subject, "", year, amounts.planned, amounts.executed)
            for year, amounts in years.items()
        ]
    )


def mean_of_years(
    years: dict[Period, Amounts], amounts: Amounts, reading: Reading, policy: Policy
) -> Figure:
    """The mean of the yearly achievements known so far; the years without one stay outside."""
    parts = []
    for part, (year, total) in zip(amounts.parts(), years.items(), strict=True):
        yardstick = reading.yardstick_of_year(year.year)
        _rule, value = judged(total, yardstick, is_due=False, is_reported=True)
        parts.append(part._replace(value=value))
    known = [part.value for part in parts if part.value is not None]
    is_due, is_reported = standing(amounts, reading)
    if not known or (is_due and not is_reported):
        return figure(MULTI_YEAR, reading.as_of, amounts, reading, policy)
    value = sum(known, ZERO) / len(known)
    return Figure(
        value,
        status_of(value, is_due=is_due, is_reported=is_reported, policy=policy),
        partial(mean_explained, amounts._replace(parts=lambda: tuple(parts)), reading, value),
        amounts.planned,
        amounts.executed,
    )


def mean_explained(amounts: Amounts, reading: Reading, value: Decimal) -> Explanation:
    """The reason of a mean: the achievement of every year."""
    params: dict[str, Parameter] = {
        "scope": MULTI_YEAR,
        "period": period_word(reading.as_of),
        "value": value,
    }
    notes = tuple(noted(reading.measure, amounts, params))
    return Explanation(MEAN_OF_YEARS.name, MEAN_OF_YEARS.template, params, amounts.parts(), notes)
