"""Which guidelines each mesa meets: the board of DIGER and the panel of one mesa say the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sigpret.apps.mesas.guideline_words import heading, sentence
from sigpret.apps.mesas.models import Mesa
from sigpret.apps.mesas.queries.compliance_facts import facts_of
from sigpret.apps.reference.queries import policy_on
from sigpret.methodology.mesas.compliance import (
    Check,
    Compliance,
    MesaFacts,
    Rule,
    Tally,
    checks_of,
    last_held,
    overall,
    tally,
)
from sigpret.methodology.policy import Policy


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer of one rule in one mesa, and its sentence."""

    check: Check
    sentence: str

    @property
    def is_broken(self) -> bool:
        return self.check.state is Compliance.BROKEN


@dataclass(frozen=True, slots=True)
class MesaCompliance:
    """One row of the board. `last_meeting` is the last one held, None without any."""

    mesa: Mesa
    overall: Compliance
    findings: tuple[Finding, ...]
    last_meeting: date | None

    def days_without_meeting(self, on: date) -> int | None:
        """None while the mesa is not constituted; from its constitution when it never met."""
        if self.mesa.constituted_on is None:
            return None
        return (on - (self.last_meeting or self.mesa.constituted_on)).days


@dataclass(frozen=True, slots=True)
class Column:
    """One rule across the mesas: its heading and how many meet it."""

    rule: Rule
    heading: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class ComplianceBoard:
    """Every mesa before every guideline on a day, by name."""

    on: date
    columns: tuple[Column, ...]
    rows: tuple[MesaCompliance, ...]

    @property
    def met(self) -> int:
        """Mesas without a broken guideline."""
        return sum(row.overall is not Compliance.BROKEN for row in self.rows)


def compliance_board(*, on: date) -> ComplianceBoard:
    """The 22 mesas before the guidelines on a day; at most twelve statements."""
    rows = _rows(tuple(Mesa.objects.select_related("sector").order_by("sector__name")), on)
    policy = policy_on(on)
    return ComplianceBoard(on, tuple(_column(rule, rows, policy) for rule in Rule), rows)


def findings_of(mesa: Mesa, *, on: date) -> tuple[Finding, ...]:
    """The guidelines in one mesa on a day, in order; at most ten statements."""
    return _rows((mesa,), on)[0].findings


def _rows(mesas: Sequence[Mesa], on: date) -> tuple[MesaCompliance, ...]:
    policy = policy_on(on)
    facts = facts_of(mesas, on=on)
    return tuple(_row(mesa, facts[mesa.pk], on, policy) for mesa in mesas)


def _row(mesa: Mesa, facts: MesaFacts, on: date, policy: Policy) -> MesaCompliance:
    checks = checks_of(facts, on, policy)
    return MesaCompliance(
        mesa=mesa,
        overall=overall(checks),
        findings=tuple(Finding(check, sentence(check, facts, policy, on)) for check in checks),
        last_meeting=last_held(facts),
    )


def _column(rule: Rule, rows: Sequence[MesaCompliance], policy: Policy) -> Column:
    checks = [
        finding.check for row in rows for finding in row.findings if finding.check.rule is rule
    ]
    return Column(rule, heading(rule, policy), tally(checks))
