"""Which guideline a mesa meets, since when it does not, and what the answer rests on.

Each rule quotes the sentence of the Lineamientos MESGEPRET (September 2022) it judges. A rule is
answered from facts of the mesa and a day, never from an opinion; what cannot be judged yet does
not apply. Before a mesa is constituted nothing else is asked of it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from sigpret.methodology.calendar import add_days, days_between
from sigpret.methodology.mesas.minutes import distribution_deadline
from sigpret.methodology.policy import Policy

ONE_DAY = timedelta(days=1)


class Rule(StrEnum):
    """The guidelines that are watched, in the order of the guidelines' own text."""

    CONSTITUTED = "constituted"
    WORK_PLAN = "work_plan"
    NOTICE = "notice"
    AGENDA = "agenda"
    MINUTES = "minutes"
    DELEGATES = "delegates"
    THEMES = "themes"
    AGREEMENTS = "agreements"
    APPROVALS = "approvals"


#: The sentence each rule answers to.
GUIDELINES: Mapping[Rule, str] = {
    Rule.CONSTITUTED: "Un proceso previo al trabajo de la MESGEPRET, será la acreditación de los "
    "miembros que participarán en las mismas.",
    Rule.WORK_PLAN: "Dicho Plan deberá ser aprobado a nivel de las máximas autoridades de cada "
    "Mesa.",
    Rule.NOTICE: "Las convocatorias, deberán hacerse con al menos cinco (5) días de anticipación.",
    Rule.AGENDA: "a dicha convocatoria, se deberá adjuntar una agenda básica de los temas a "
    "tratar.",
    Rule.MINUTES: "las mismas, se deberán distribuir entre todos los participantes de la "
    "MESGEPRET en un plazo máximo de una semana después de finalizada la sesión.",
    Rule.DELEGATES: "los participantes a nivel técnico operativo de cada mesa no deben ser más de "
    "tres (3) por cada institución, incluyendo al Director (a) de la UPGRET.",
    Rule.THEMES: "se integrarán de igual manera en forma transversal en todas ellas, los temas de "
    "Transparencia, Genero y Derechos Humanos.",
    Rule.AGREEMENTS: "acuerdos alcanzados con sus respectivos resultados relevantes, seguimiento "
    "de los acuerdos.",
    Rule.APPROVALS: "Este nivel, es responsable de la aprobación al más alto nivel de las "
    "propuestas técnicas.",
}


class Compliance(StrEnum):
    """How a mesa stands before a rule. Not met is the only failure; in time still counts as met."""

    MET = "met"
    IN_TIME = "in_time"
    DUE_SOON = "due_soon"
    BROKEN = "broken"
    DOES_NOT_APPLY = "does_not_apply"


@dataclass(frozen=True, slots=True)
class Check:
    """The answer of one rule. `since` is the day it was met or broken; `due` the day it will be
    broken if nothing is done; `cause` the key of the fact it rests on (a meeting, an agreement,
    an institution), empty when it rests on the mesa itself."""

    rule: Rule
    state: Compliance
    since: date | None = None
    due: date | None = None
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """A meeting people were called to, as the rules see it; cancelled ones are left out.

    `topics` and `themes` are of its agenda; `finished_on` and `distributed_on` None until then.
    `was_held`: it began and somebody came. One nobody opened has the day it should have finished
    and was not held; one that is written down as not held never finished.
    """

    key: str
    called_on: date
    meets_on: date
    topics: int
    themes: frozenset[str] = frozenset()
    finished_on: date | None = None
    distributed_on: date | None = None
    was_held: bool = True


@dataclass(frozen=True, slots=True)
class MesaFacts:
    """What is known of a mesa on a day.

    `delegates` counts by institution the technical representatives without a reasoned exception,
    and `crowded_since` the day the institution passed the limit. `agreements` are the dates of
    those not settled; `proposals` the day each product or strategy awaiting the political level
    was proposed. Both by key.
    """

    due_since: date
    constituted_on: date | None = None
    plan_in_force_on: date | None = None
    sessions: tuple[Session, ...] = ()
    delegates: Mapping[str, int] = field(default_factory=dict)
    crowded_since: Mapping[str, date] = field(default_factory=dict)
    permanent_themes: frozenset[str] = frozenset()
    has_agreements: bool = False
    agreements: Mapping[str, date] = field(default_factory=dict)
    fulfilled_on_time: tuple[bool, ...] = ()
    has_proposals: bool = False
    proposals: Mapping[str, date] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()


def checks_of(facts: MesaFacts, on: date, policy: Policy) -> tuple[Check, ...]:
    """Every rule, in order, on a day. Before the mesa is constituted only the first applies."""
    constituted = _constituted(facts)
    if constituted.state is Compliance.BROKEN:
        rest = (Check(rule, Compliance.DOES_NOT_APPLY) for rule in Rule)
        return (constituted, *(check for check in rest if check.rule is not Rule.CONSTITUTED))
    return (
        constituted,
        _work_plan(facts, on, policy),
        _notice(facts, policy),
        _agenda(facts),
        _minutes(facts, on, policy),
        _delegates(facts, policy),
        _themes(facts),
        _agreements(facts, on, policy),
        _approvals(facts, on, policy),
    )


def overall(checks: Collection[Check]) -> Compliance:
    """How a mesa stands as a whole: broken if any rule is, else the most pressing of them."""
    states = {check.state for check in checks}
    return next(
        (state for state in (Compliance.BROKEN, Compliance.DUE_SOON) if state in states),
        Compliance.MET,
    )


def _constituted(facts: MesaFacts) -> Check:
    if facts.constituted_on is None:
        return Check(Rule.CONSTITUTED, Compliance.BROKEN, since=facts.due_since)
    return Check(Rule.CONSTITUTED, Compliance.MET, since=facts.constituted_on)


def _work_plan(facts: MesaFacts, on: date, policy: Policy) -> Check:
    """Approved within some days of the start of the year, or of the constitution if it is later."""
    if facts.plan_in_force_on is not None:
        return Check(Rule.WORK_PLAN, Compliance.MET, since=facts.plan_in_force_on)
    start = max(date(on.year, 1, 1), facts.constituted_on or facts.due_since)
    return _pending(Rule.WORK_PLAN, start + timedelta(days=policy.work_plan_days), on, policy)


def _notice(facts: MesaFacts, policy: Policy) -> Check:
    """Judged on the last convocation. A reason allows an earlier day; it does not make it met."""
    last = _last_called(facts)
    if last is None:
        return Check(Rule.NOTICE, Compliance.DOES_NOT_APPLY)
    is_met = notice_days(last, facts, policy) >= policy.convocation_days
    return _settled(Rule.NOTICE, last, is_met=is_met)


def notice_days(session: Session, facts: MesaFacts, policy: Policy) -> int:
    """With how many days, of the kind the rule counts, people were called."""
    kind = policy.convocation_day_kind
    return days_between(session.called_on, session.meets_on, kind, facts.holidays)


def _agenda(facts: MesaFacts) -> Check:
    last = _last_called(facts)
    if last is None:
        return Check(Rule.AGENDA, Compliance.DOES_NOT_APPLY)
    return _settled(Rule.AGENDA, last, is_met=last.topics > 0)


def _themes(facts: MesaFacts) -> Check:
    """Judged on the last agenda: each permanent theme is treated by some topic."""
    last = _last_called(facts)
    if last is None or not facts.permanent_themes:
        return Check(Rule.THEMES, Compliance.DOES_NOT_APPLY)
    return _settled(Rule.THEMES, last, is_met=facts.permanent_themes <= last.themes)


def _minutes(facts: MesaFacts, on: date, policy: Policy) -> Check:
    """Broken while any minutes are overdue, or when the last ones went out late.

    The week runs «después de finalizada la sesión»: a session that was called and that its minutes
    say was not held has none. One nobody opened still owes them, until somebody says it was not.
    """
    held = sorted(
        (one for one in facts.sessions if one.finished_on is not None),
        key=lambda one: (one.finished_on or date.max, one.key),
    )
    if not held:
        return Check(Rule.MINUTES, Compliance.DOES_NOT_APPLY)
    deadlines = {
        one.key: distribution_deadline(
            one.finished_on or on,
            days=policy.minutes_days,
            kind=policy.minutes_day_kind,
            holidays=facts.holidays,
        )
        for one in held
    }
    waiting = [one for one in held if one.distributed_on is None]
    if waiting:
        first = waiting[0]
        return _pending(Rule.MINUTES, deadlines[first.key], on, policy, cause=first.key)
    last = held[-1]
    sent_on = last.distributed_on or on
    if sent_on > deadlines[last.key]:
        since = deadlines[last.key] + ONE_DAY
        return Check(Rule.MINUTES, Compliance.BROKEN, since=since, cause=last.key)
    return Check(Rule.MINUTES, Compliance.MET, since=sent_on, cause=last.key)


def _delegates(facts: MesaFacts, policy: Policy) -> Check:
    """A reasoned exception is not counted: the guideline speaks "en términos generales"."""
    crowded = sorted(
        (facts.crowded_since.get(institution, facts.due_since), institution)
        for institution, number in facts.delegates.items()
        if number > policy.delegates_limit
    )
    if crowded:
        since, institution = crowded[0]
        return Check(Rule.DELEGATES, Compliance.BROKEN, since=since, cause=institution)
    if not facts.delegates:
        return Check(Rule.DELEGATES, Compliance.DOES_NOT_APPLY)
    return Check(Rule.DELEGATES, Compliance.MET)


def _agreements(facts: MesaFacts, on: date, policy: Policy) -> Check:
    """Met while none is overdue: an agreement has its own date to wait for."""
    check = _dated(Rule.AGREEMENTS, facts.agreements, on, policy, known=facts.has_agreements)
    if check.state is Compliance.IN_TIME:
        return replace(check, state=Compliance.MET)
    return check


def _approvals(facts: MesaFacts, on: date, policy: Policy) -> Check:
    """The political level answers a proposal within some days."""
    due = {
        key: add_days(proposed, policy.political_days, policy.political_day_kind, facts.holidays)
        for key, proposed in facts.proposals.items()
    }
    return _dated(Rule.APPROVALS, due, on, policy, known=facts.has_proposals)


def _dated(
    rule: Rule, dates: Mapping[str, date], on: date, policy: Policy, *, known: bool
) -> Check:
    """Judged on the one that falls due first; met when none is waiting and there were some."""
    if not dates:
        state = Compliance.MET if known else Compliance.DOES_NOT_APPLY
        return Check(rule, state)
    due, key = min((due, key) for key, due in dates.items())
    return _pending(rule, due, on, policy, cause=key)


def _pending(rule: Rule, due: date, on: date, policy: Policy, *, cause: str = "") -> Check:
    """Something still to be done by a day: the day itself is in time."""
    if due < on:
        return Check(rule, Compliance.BROKEN, since=due + ONE_DAY, cause=cause)
    is_near = (due - on).days <= policy.due_soon_days
    state = Compliance.DUE_SOON if is_near else Compliance.IN_TIME
    return Check(rule, state, due=due, cause=cause)


def _settled(rule: Rule, session: Session, *, is_met: bool) -> Check:
    state = Compliance.MET if is_met else Compliance.BROKEN
    return Check(rule, state, since=session.called_on, cause=session.key)


def last_held(facts: MesaFacts) -> date | None:
    """The day of the last session that was held; being called is not enough."""
    held = (one.meets_on for one in facts.sessions if one.was_held and one.finished_on is not None)
    return max(held, default=None)


def _last_called(facts: MesaFacts) -> Session | None:
    return max(facts.sessions, key=lambda one: (one.called_on, one.meets_on), default=None)


@dataclass(frozen=True, slots=True)
class Tally:
    """Of the mesas a rule applies to, how many meet it; what is in time counts as met."""

    met: int
    asked: int


def tally(checks: Collection[Check]) -> Tally:
    """The foot of a column: the answers of one rule in every mesa."""
    asked = [check for check in checks if check.state is not Compliance.DOES_NOT_APPLY]
    met = sum(check.state is not Compliance.BROKEN for check in asked)
    return Tally(met, len(asked))
