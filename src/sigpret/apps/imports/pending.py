"""What imports ask of each person: to finish the draft they left."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.imports.permissions import can_import
from sigpret.apps.imports.queries import ImportFacts, drafts_of
from sigpret.apps.imports.queries.lots import WaitingLot, lots_to_finish
from sigpret.apps.imports.workbooks.plan_out import PLAN
from sigpret.apps.institutions.queries import Access
from sigpret.web.dates import period_words, short_date
from sigpret.web.pending import PendingTask


def import_tasks(access: Access, now: datetime) -> Iterator[PendingTask]:
    """One task per draft: those of the person's institution, and those an administrator began.

    And one per workbook the person uploaded and did not apply.
    """
    yield from map(lot_task, lots_to_finish(access, now))
    if can_import(access):
        for facts in drafts_of(access):
            yield draft_task(facts)


def lot_task(lot: WaitingLot) -> PendingTask:
    place = period_words(lot.period) if lot.period else _("Matriz de resultados")
    if lot.kind == PLAN:
        place = _("POA %(year)s") % {"year": lot.period}
    return PendingTask(
        title=_("Aplicar o descartar la hoja de Excel que subió"),
        url=reverse("imports:lot", args=[lot.pk]),
        action=_("Revisar"),
        detail=_("%(place)s · %(file)s · vence el %(day)s")
        % {"place": place, "file": lot.filename, "day": short_date(lot.expires_at)},
        icon="upload",
    )


def draft_task(facts: ImportFacts) -> PendingTask:
    missing = len(facts.draft.missing) if facts.draft else 0
    detail = (
        ngettext("Falta %(n)d celda por completar", "Faltan %(n)d celdas por completar", missing)
        % {"n": missing}
        if missing
        else _("Sólo falta distribuir y confirmar")
    )
    return PendingTask(
        title=_("Terminar la importación del POA %(year)s") % {"year": facts.fiscal_year},
        url=reverse("imports:review", args=[facts.pk]),
        action=_("Continuar"),
        detail=f"{detail} · {facts.institution}",
        icon="upload",
    )
