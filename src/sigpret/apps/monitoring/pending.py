"""What monitoring asks of each person: report, answer, review, close."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.institutions.queries import Access, institution_of
from sigpret.apps.monitoring.permissions import (
    can_approve,
    can_close_round,
    can_review,
    can_write_report,
)
from sigpret.apps.monitoring.queries import (
    QueueEntry,
    ReportSheet,
    RoundFacts,
    SheetRow,
    Situation,
    Turn,
    closing_checklist,
    current_round,
    report_sheet,
    review_queue,
    threads,
)
from sigpret.apps.reference.queries import policy_for
from sigpret.methodology.periods import Period
from sigpret.web.dates import period_name, short_date
from sigpret.web.pending import URGENT, PendingTask

WORST = (
    Situation.VALUE_MISSING,
    Situation.RETURNED,
    Situation.PARTS_WRONG,
    Situation.CAUSE_MISSING,
    Situation.EVIDENCE_MISSING,
)
# One line per report keeps the list short; the rest is counted in the last one.
LISTED = 5


def monitoring_tasks(access: Access, now: datetime) -> Iterator[PendingTask]:
    """The tasks of a person at a moment, in the round people work on."""
    round_ = current_round(now)
    if round_ is None:
        return
    yield from reporting_tasks(access, round_, now)
    if round_.is_closed:
        return
    if can_review(access):
        yield from review_tasks(access, round_)
    if can_close_round(access):
        yield closing_task(round_)


def reporting_tasks(access: Access, round_: RoundFacts, now: datetime) -> Iterator[PendingTask]:
    """The report of the person's institution, and each datum that came back."""
    institution = institution_of(access)
    if institution is None or not can_write_report(access, institution.pk):
        return
    sheet = report_sheet(
        institution=institution, period=round_.period, policy=policy_for(round_.period)
    )
    if sheet.round is None or not sheet.round.accepts_at(now):
        return
    round_ = sheet.round
    if sheet.state == "to_approve" and can_approve(access, institution.pk):
        yield approval_task(sheet, round_, now)
    if sheet.total and sheet.state in {"draft", "returned"}:
        yield report_task(sheet, round_, now)
    mine = [row for row in sheet.rows if row.missing and row.cell.assigned_to_id == access.user_id]
    if mine:
        yield assigned_task(sheet, mine, round_, now)
    for row in sheet.rows:
        if row.situation == Situation.RETURNED:
            yield answer_task(sheet, row, round_)


def approval_task(sheet: ReportSheet, round_: RoundFacts, now: datetime) -> PendingTask:
    """Somebody left the report for this person to answer for."""
    place = [sheet.institution_code, sheet.period.year, sheet.period.number]
    return PendingTask(
        title=_("Aprobar el reporte del %(period)s") % {"period": period_name(sheet.period)},
        url=reverse("monitoring:report_submit", args=place),
        action=_("Revisar y aprobar"),
        detail=ngettext(
            "Lo preparó %(who)s: %(total)s dato. DIGER lo recibe cuando usted lo apruebe.",
            "Lo preparó %(who)s: %(total)s datos. DIGER lo recibe cuando usted lo apruebe.",
            sheet.total,
        )
        % {"who": sheet.prepared_by, "total": sheet.total},
        due_at=round_.deadline,
        icon="signature",
        is_urgent=round_.deadline - now <= URGENT,
    )


def report_task(sheet: ReportSheet, round_: RoundFacts, now: datetime) -> PendingTask:
    place = [sheet.institution_code, sheet.period.year, sheet.period.number]
    is_ready = not sheet.unresolved
    ready, unready = _("Enviar el reporte del %(period)s"), _("Completar el reporte del %(period)s")
    name = "monitoring:report_submit" if is_ready else "monitoring:report"
    return PendingTask(
        title=(ready if is_ready else unready) % {"period": period_name(sheet.period)},
        url=reverse(name, args=place),
        action=_("Revisar y enviar") if is_ready else _("Continuar"),
        detail=what_is_asked(sheet),
        due_at=round_.deadline,
        is_urgent=round_.deadline - now <= URGENT,
    )


def assigned_task(
    sheet: ReportSheet, mine: list[SheetRow], round_: RoundFacts, now: datetime
) -> PendingTask:
    """The rows a colleague left with this person."""
    place = [sheet.institution_code, sheet.period.year, sheet.period.number]
    text = ngettext(
        "Registrar %(n)s dato que le asignaron", "Registrar %(n)s datos que le asignaron", len(mine)
    )
    return PendingTask(
        title=text % {"n": len(mine)},
        url=f"{reverse('monitoring:report', args=place)}?ver=mios",
        action=_("Registrar"),
        detail=", ".join(f"{row.code} {row.name}" for row in mine[:LISTED]),
        due_at=round_.deadline,
        icon="user",
        is_urgent=round_.deadline - now <= URGENT,
    )


def what_is_asked(sheet: ReportSheet) -> str:
    """What is missing; or, when nothing is, what the approver asked for."""
    if sheet.given_back_note and not sheet.unresolved:
        return f"{sheet.given_back_by}: «{sheet.given_back_note}»"
    return what_is_missing(sheet)


def what_is_missing(sheet: ReportSheet) -> str:
    """`11 de 17 datos listos. Por resolver: 4 datos, 1 causa, 1 respuesta.`

    Each row counts once, for the first thing it lacks: the parts add up to what is not ready.
    """
    done = ngettext(
        "%(ready)s de %(total)s dato listo.", "%(ready)s de %(total)s datos listos.", sheet.total
    ) % {"ready": sheet.ready, "total": sheet.total}
    values, answers, sums, causes, files = (sheet.situations[situation] for situation in WORST)
    counted = (
        (values, ngettext("%(n)s dato", "%(n)s datos", values)),
        (causes, ngettext("%(n)s causa", "%(n)s causas", causes)),
        (sums, ngettext("%(n)s suma de partes", "%(n)s sumas de partes", sums)),
        (files, ngettext("%(n)s evidencia", "%(n)s evidencias", files)),
        (answers, ngettext("%(n)s respuesta", "%(n)s respuestas", answers)),
    )
    parts = ", ".join(text % {"n": number} for number, text in counted if number)
    return (
        _("%(done)s Por resolver: %(parts)s.") % {"done": done, "parts": parts} if parts else done
    )


def answer_task(sheet: ReportSheet, row: SheetRow, round_: RoundFacts) -> PendingTask:
    place = [sheet.institution_code, sheet.period.year, sheet.period.number]
    return PendingTask(
        title=_("Responder a DIGER sobre %(code)s %(name)s") % {"code": row.code, "name": row.name},
        url=f"{reverse('monitoring:report', args=place)}?dato={row.key}#{row.key}",
        action=_("Responder"),
        detail=f"{row.cell.decided_by}: «{row.cell.observation}»",
        due_at=round_.deadline,
        icon="return",
        is_urgent=True,
    )


def review_tasks(access: Access, round_: RoundFacts) -> Iterator[PendingTask]:
    """The reports that wait longest, those this person took first; then one line for the rest."""
    queue = review_queue(period=round_.period, access=access, with_risk=False)
    waiting = [entry for entry in queue.waiting if not entry.is_blocked]
    waiting.sort(key=lambda entry: entry.review.taken_by_id != access.user_id)
    for entry in waiting[:LISTED]:
        yield review_task(entry, round_)
    rest = len(waiting) - LISTED
    if rest > 0:
        text = ngettext("Validar otro reporte", "Validar otros %(n)s reportes", rest)
        yield PendingTask(
            title=text % {"n": rest},
            url=reverse("monitoring:review_queue"),
            action=_("Ver"),
            due_at=round_.closes_at,
            icon="check",
        )
    yield from closing_reviews_task(access, queue.entries)
    yield from answers_task(access, round_.period)


def closing_reviews_task(access: Access, entries: Sequence[QueueEntry]) -> Iterator[PendingTask]:
    """What this person took and decided, and did not say that it is finished."""
    mine = [
        entry
        for entry in entries
        if not entry.waiting
        and not entry.is_finished
        and entry.review.taken_by_id == access.user_id
    ]
    if mine:
        text = ngettext("Cerrar una revisión", "Cerrar %(n)s revisiones", len(mine))
        yield PendingTask(
            title=text % {"n": len(mine)},
            url=f"{reverse('monitoring:review_queue')}?ver=por-cerrar",
            action=_("Ver"),
            detail=_("Todo está decidido; al cerrar se avisa a la institución."),
            icon="check",
        )


def answers_task(access: Access, period: Period) -> Iterator[PendingTask]:
    """What the institutions answered and nobody of the review has read."""
    waiting = [line for line in threads(access=access, period=period) if line.turn == Turn.REVIEW]
    if waiting:
        text = ngettext(
            "Leer una respuesta de las instituciones",
            "Leer %(n)s respuestas de las instituciones",
            len(waiting),
        )
        yield PendingTask(
            title=text % {"n": len(waiting)},
            url=f"{reverse('monitoring:threads')}?ver=me-toca",
            action=_("Leer"),
            detail=_("La más antigua: %(name)s, %(when)s.")
            % {"name": waiting[0].institution_name, "when": short_date(waiting[0].last.written_at)},
            icon="comment",
        )


def review_task(entry: QueueEntry, round_: RoundFacts) -> PendingTask:
    text = ngettext(
        "Validar %(n)s dato de %(name)s", "Validar %(n)s datos de %(name)s", entry.waiting
    )
    return PendingTask(
        title=text % {"n": entry.waiting, "name": entry.institution_name},
        url=reverse("monitoring:review", args=[entry.report_id]),
        action=_("Revisar"),
        detail=_("Enviado por %(who)s, %(when)s.")
        % {"who": entry.submitted_by, "when": short_date(entry.submitted_at)},
        due_at=round_.closes_at,
        icon="check",
    )


def closing_task(round_: RoundFacts) -> PendingTask:
    """What still stands between the quarter and its closing."""
    checklist = closing_checklist(round_.period)
    undecided = sum(count.values for count in checklist.undecided)
    return PendingTask(
        title=_("Cerrar el %(period)s") % {"period": period_name(round_.period)},
        url=closing_url(round_.period),
        action=_("Ver la lista"),
        detail=ngettext(
            "Enviaron %(sent)s de %(all)s instituciones; queda %(undecided)s dato por decidir.",
            "Enviaron %(sent)s de %(all)s instituciones; quedan %(undecided)s datos por decidir.",
            undecided,
        )
        % {
            "sent": checklist.institutions_sent,
            "all": checklist.institutions,
            "undecided": undecided,
        },
        due_at=round_.closes_at,
        icon="lock",
    )


def closing_url(period: Period) -> str:
    """The closing screen stands above this app; without it, the queue says what is left."""
    try:
        return reverse("evaluation:closing", args=[period.year, period.number])
    except NoReverseMatch:
        return reverse("monitoring:review_queue")
