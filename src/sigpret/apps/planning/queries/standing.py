"""Where a plan stands: each step with who did it and when, or who has it and until what day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.planning.models import AnnualPlan, FormulationStep, PlanState, PlanVersion
from sigpret.web.components import Text
from sigpret.web.dates import day_month

DONE, NOW, NEXT = "done", "now", "next"
ORDER = (
    PlanState.DRAFT,
    PlanState.SUBMITTED,
    PlanState.APPROVED,
    PlanState.ACCEPTED,
    PlanState.LOCKED,
)
#: The day of the formulation calendar by which a plan leaves each step behind.
DUE = {
    PlanState.DRAFT: FormulationStep.Code.SUBMISSION,
    PlanState.SUBMITTED: FormulationStep.Code.SUBMISSION,
    PlanState.APPROVED: FormulationStep.Code.APPROVAL,
    PlanState.ACCEPTED: FormulationStep.Code.ACCEPTANCE,
    PlanState.LOCKED: FormulationStep.Code.LOCK,
}


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step of a plan. `mark` is done, now or next; `code` a `PlanState`.

    `who` and `at` are of a step somebody took; `due_on` is the last day of one nobody has.
    `detail` says one of the two in words.
    """

    code: str
    label: Text
    mark: str
    detail: str = ""
    who: str = ""
    at: datetime | None = None
    due_on: date | None = None


def plan_steps(plan: AnnualPlan) -> tuple[StepDone, ...]:
    """The five steps of a plan in their order; at most three statements.

    A plan that was returned is back at the first step.
    """
    due = formulation_days(plan.fiscal_year)
    names = names_of(plan)
    written = plan.versions.exclude(occasion=PlanVersion.Occasion.CHANGED)
    last = written.aggregate(last=Max("number"))["last"] or 0
    is_written = plan.state in {PlanState.DRAFT, PlanState.RETURNED}
    here = 0 if is_written else ORDER.index(PlanState(plan.state))
    marks = [DONE if place < here else NOW if place == here else NEXT for place in range(5)]
    first = writing_step(plan, marks[0], last, due, names)
    return first, *(
        later_step(plan, state, mark, due, names)
        for state, mark in zip(ORDER[1:], marks[1:], strict=True)
    )


def formulation_days(fiscal_year: int) -> Mapping[str, date]:
    """The last day of each step of the formulation of a year, by code; empty: no calendar yet."""
    rows = FormulationStep.objects.filter(fiscal_year=fiscal_year)
    return dict(rows.values_list("code", "due_on"))


def lock_day(fiscal_year: int) -> date | None:
    """The day the accepted plans of a year are locked; None: the calendar does not say."""
    return formulation_days(fiscal_year).get(FormulationStep.Code.LOCK)


def names_of(plan: AnnualPlan) -> Mapping[int, str]:
    """The people who signed the plan's steps, by id; no statement when nobody did."""
    signed_by = (
        plan.submitted_by_id,
        plan.approved_by_id,
        plan.accepted_by_id,
        plan.returned_by_id,
    )
    ids = {one for one in signed_by if one is not None}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "full_name")) if ids else {}


def writing_step(
    plan: AnnualPlan,
    mark: str,
    last: int,
    due: Mapping[str, date],
    names: Mapping[int, str],
) -> StepDone:
    due_on = due.get(DUE[PlanState.DRAFT])
    if plan.state == PlanState.RETURNED:
        who, at = names.get(plan.returned_by_id or 0, ""), plan.returned_at
        detail = " · ".join(filter(None, (day_month(at), who)))
        return StepDone(plan.state, PlanState.RETURNED.label, mark, detail, who, at, due_on)
    if mark == DONE:
        text = _("versión 1") if last == 1 else _("versiones 1 a %(last)d") % {"last": last}
        return StepDone(PlanState.DRAFT, PlanState.DRAFT.label, mark, text if last else "")
    parts = [_("versión %(next)d") % {"next": last + 1}]
    if due_on is not None:
        parts.append(_("vence el %(day)s") % {"day": day_month(due_on)})
    return StepDone(PlanState.DRAFT, PlanState.DRAFT.label, mark, " · ".join(parts), due_on=due_on)


def later_step(
    plan: AnnualPlan,
    state: PlanState,
    mark: str,
    due: Mapping[str, date],
    names: Mapping[int, str],
) -> StepDone:
    due_on = due.get(DUE[state])
    if mark == NEXT:
        return StepDone(state, state.label, mark, awaited(state, due_on), due_on=due_on)
    who_id, at = signed(plan, state)
    who = names.get(who_id or 0, "")
    if state == PlanState.LOCKED:
        detail = _("desde el %(day)s") % {"day": day_month(at)}
    else:
        detail = " · ".join(filter(None, (day_month(at), who)))
    return StepDone(state, state.label, mark, detail, who, at, due_on)


def signed(plan: AnnualPlan, state: PlanState) -> tuple[int | None, datetime | None]:
    """Who took a step and when."""
    return {
        PlanState.SUBMITTED: (plan.submitted_by_id, plan.submitted_at),
        PlanState.APPROVED: (plan.approved_by_id, plan.approved_at),
        PlanState.ACCEPTED: (plan.accepted_by_id, plan.accepted_at),
        PlanState.LOCKED: (None, plan.locked_at),
    }[state]


def awaited(state: PlanState, due_on: date | None) -> str:
    """Who takes a step nobody has, and until when."""
    who = {
        PlanState.SUBMITTED: _("lo envía la UPGRET"),
        PlanState.APPROVED: _("máxima autoridad"),
        PlanState.ACCEPTED: _("DIGER"),
        PlanState.LOCKED: "",
    }[state]
    if due_on is None or state == PlanState.SUBMITTED:
        return who
    day = day_month(due_on)
    return day if not who else _("%(who)s, hasta el %(day)s") % {"who": who, "day": day}
