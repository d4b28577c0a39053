"""What the page of a work plan says, and how it is drawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sigpret.apps.mesas.queries.work_plan import Activity, PlanPage, Result
from sigpret.methodology.mesas.work_plan import Pace, PlanChange
from sigpret.web.charts import Gantt, GanttBar, GanttRow
from sigpret.web.dates import date_words, short_date

PACE_WORDS = {
    Pace.DONE: gettext_lazy("Cumplida"),
    Pace.LATE: gettext_lazy("Atrasada"),
    Pace.RUNNING: gettext_lazy("En curso"),
    Pace.TO_START: gettext_lazy("Por iniciar"),
}


@dataclass(frozen=True, slots=True)
class DrawnActivity:
    """An activity beside its drawing. `days` as the row says them."""

    row: Activity
    drawing: GanttRow
    pace_words: str
    days: str
    proposed: str


@dataclass(frozen=True, slots=True)
class DrawnResult:
    result: Result
    activities: tuple[DrawnActivity, ...]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What a version changes of an activity, in words; `old` is crossed out."""

    number: str
    text: str
    kind: str
    moves: tuple[tuple[str, str], ...]
    reason: str


def heading_of(page: PlanPage) -> str:
    """`14 de 19 actividades cumplidas; 2 atrasadas`."""
    counts, shown = page.counts, page.shown
    if shown is None:
        return _("Aún no hay plan de trabajo %(year)s") % {"year": page.year}
    if shown.is_draft:
        return _("Plan de trabajo %(year)s, versión %(n)s en elaboración") % {
            "year": page.year, "n": shown.number,
        }  # fmt: skip
    if shown.is_in_approval:
        return ngettext(
            "Plan de trabajo %(year)s: falta %(n)s aprobación",
            "Plan de trabajo %(year)s: faltan %(n)s aprobaciones",
            page.missing,
        ) % {"year": page.year, "n": page.missing}
    done = ngettext(
        "%(done)s de %(total)s actividad cumplida",
        "%(done)s de %(total)s actividades cumplidas",
        counts.total,
    ) % {"done": counts.done, "total": counts.total}
    if not counts.late:
        return _("%(done)s; ninguna atrasada") % {"done": done}
    if page.next is None or not all_late_are_moved(page):
        late = ngettext("%(n)s atrasada", "%(n)s atrasadas", counts.late) % {"n": counts.late}
        return f"{done}; {late}"
    late = ngettext(
        "%(n)s atrasada espera que se apruebe la versión %(v)s",
        "%(n)s atrasadas esperan que se apruebe la versión %(v)s",
        counts.late,
    )
    return f"{done}; {late % {'n': counts.late, 'v': page.next.number}}"


def all_late_are_moved(page: PlanPage) -> bool:
    """Does the version in preparation give another date to everything that is late?"""
    late = [row for result in page.results for row in result.activities if row.is_late]
    return all(row.proposed is not None and row.proposed.ends_on > row.ends_on for row in late)


def lede_of(page: PlanPage) -> str:
    """`Rige la versión 1, aprobada el 18 de febrero`; what else waits."""
    said = []
    if page.in_force is not None and page.in_force.in_force_at is not None:
        said.append(
            _("Rige la versión %(n)s desde el %(day)s.")
            % {"n": page.in_force.number, "day": date_words(page.in_force.in_force_at)}
        )
    elif page.shown is not None:
        said.append(_("Ningún plan rige todavía: lo aprueban todas las máximas autoridades."))
    if page.next is not None and page.next.is_in_approval:
        said.append(
            ngettext(
                "A la versión %(v)s le falta %(n)s aprobación de %(total)s.",
                "A la versión %(v)s le faltan %(n)s aprobaciones de %(total)s.",
                page.missing,
            )
            % {"v": page.next.number, "n": page.missing, "total": len(page.approvals)}
        )
    elif page.next is not None and page.next != page.shown:
        said.append(_("La versión %(n)s está en elaboración.") % {"n": page.next.number})
    return " ".join(said)


def gantt_of(page: PlanPage, today: date) -> Gantt:
    bars = tuple(bar_of(row) for result in page.results for row in result.activities)
    title = _("Actividades del plan de trabajo %(year)s") % {"year": page.year}
    return Gantt(title, page.year, bars, today)


def bar_of(row: Activity) -> GanttBar:
    proposed = row.proposed
    return GanttBar(
        label=f"{row.number} {row.text}",
        start=row.starts_on,
        end=row.ends_on,
        percent=row.percent,
        pace=row.pace,
        pace_words=str(PACE_WORDS[row.pace]).lower(),
        proposed=(proposed.starts_on, proposed.ends_on)
        if proposed and (proposed.starts_on, proposed.ends_on) != (row.starts_on, row.ends_on)
        else None,
    )


def drawn_results(page: PlanPage, gantt: Gantt) -> tuple[DrawnResult, ...]:
    """Each result with its activities and the drawing of each."""
    drawings = iter(gantt.rows())
    return tuple(
        DrawnResult(result, tuple(drawn(row, next(drawings), page) for row in result.activities))
        for result in page.results
    )


def drawn(row: Activity, drawing: GanttRow, page: PlanPage) -> DrawnActivity:
    new = row.proposed
    proposed = ""
    if new is not None and page.next is not None:
        what = day_in(new.ends_on, page.year) if new.ends_on != row.ends_on else _("cambia")
        proposed = f"v{page.next.number}: {what}"
    return DrawnActivity(row, drawing, str(PACE_WORDS[row.pace]), days_of(row), proposed)


def days_of(row: Activity) -> str:
    """`2 feb a 31 mar`, with the year only when it is another one."""
    years = {row.starts_on.year, row.ends_on.year}
    if len(years) > 1:
        return f"{short_date(row.starts_on)} a {short_date(row.ends_on)}"
    start, end = (day_in(day, day.year) for day in (row.starts_on, row.ends_on))
    return f"{start} a {end}"


def day_in(day: date, year: int) -> str:
    """`20 nov`, or with its year when it is another one."""
    said = short_date(day)
    return said.rpartition("\u00a0")[0] if day.year == year else said


def change_lines(changes: Iterable[PlanChange], year: int) -> tuple[ChangeLine, ...]:
    """What changes, the days of the plan's own year without it."""
    return tuple(change_line(change, year) for change in changes)


def change_line(change: PlanChange, year: int) -> ChangeLine:
    line = change.line
    moves = tuple(
        (said(getattr(change.old, name), year), said(getattr(change.new, name), year))
        for name in change.what
    )
    words = {"added": _("se agrega"), "removed": _("se quita"), "changed": ""}
    return ChangeLine(line.number, line.text, words[change.kind], moves, line.reason)


def said(value: object, year: int) -> str:
    if isinstance(value, date):
        return day_in(value, year)
    if isinstance(value, frozenset):
        return ", ".join(sorted(str(one) for one in value))
    return str(value) or _("sin persona")
