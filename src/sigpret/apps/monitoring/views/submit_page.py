"""What the page of sending shows: three lists, and whose hands the report goes through."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.monitoring.permissions import can_approve, can_write_report
from sigpret.apps.monitoring.queries import ReportSheet, SheetRow
from sigpret.apps.monitoring.queries.approval import approvers_after
from sigpret.apps.monitoring.views.report_place import (
    crumbs_of,
    deadline_tone,
    is_under_review,
    place_url,
    report_url,
)
from sigpret.web.components import Counter, Crumb, Tone

TEMPLATE = "monitoring/submit.html"


@dataclass(frozen=True, slots=True)
class ReviewLists:
    """The rows in the three lists of the screen; a row stands in one."""

    ready: Sequence[SheetRow]
    noticed: Sequence[SheetRow]
    missing: Sequence[SheetRow]

    @property
    def counters(self) -> list[Counter]:
        missing = Tone.BAD if self.missing else Tone.NEUTRAL
        return [
            Counter(len(self.ready), ngettext("listo", "listos", len(self.ready)), Tone.GOOD),
            Counter(
                len(self.noticed),
                ngettext(
                    "con aviso: se envía con su causa",
                    "con aviso: se envían con su causa",
                    len(self.noticed),
                ),
                Tone.WARNING,
            ),
            Counter(len(self.missing), ngettext("falta", "faltan", len(self.missing)), missing),
        ]


def lists_of(sheet: ReportSheet) -> ReviewLists:
    complete = [row for row in sheet.rows if not row.missing]
    return ReviewLists(
        ready=[row for row in complete if not row.needs_cause],
        noticed=[row for row in complete if row.needs_cause],
        missing=sheet.unresolved,
    )


def submit_context(request: HttpRequest, sheet: ReportSheet) -> dict[str, Any]:
    """Everything of the page but its forms."""
    lists = lists_of(sheet)
    is_open = sheet.round is not None and sheet.round.accepts_at(request.now)
    may_write = can_write_report(request.access, sheet.institution_id)
    approves = can_approve(request.access, sheet.institution_id)
    return {
        "sheet": sheet,
        "lists": lists,
        "counters": lists.counters,
        "is_open": is_open,
        "may_send": is_open and may_write,
        "may_approve": is_open and approves and sheet.state == "to_approve",
        "approvers": approvers_after(request.access, sheet.institution_id, request.now),
        "is_under_review": is_under_review(sheet),
        "is_sent": sheet.state in {"submitted", "validated"},
        "is_awaiting": sheet.state == "to_approve",
        "report_url": report_url(sheet),
        "extension_url": extension_url(sheet) if is_open and may_write else "",
        "receipt_url": report_url(sheet, "monitoring:report_receipt") if sheet.receipt else "",
        "crumbs": crumbs_of(sheet, Crumb(_("Revisar y enviar"))),
        "deadline_tone": deadline_tone(sheet.round, request.now),
    }


def extension_url(sheet: ReportSheet) -> str:
    return place_url("monitoring:extension", sheet)
