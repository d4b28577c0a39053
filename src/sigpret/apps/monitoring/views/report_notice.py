"""The sentence above the report when it is not simply there to be filled."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sigpret.apps.monitoring.queries import ReportSheet, RoundFacts
from sigpret.apps.monitoring.views.report_page import ReportPage
from sigpret.apps.monitoring.views.report_place import is_under_review, report_url
from sigpret.web.dates import deadline_words, period_words

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Notice:
    """`tone` is that of the alert component; `url` and `action` are the one way onwards."""

    tone: str
    title: Text
    text: Text
    url: str = ""
    action: Text = ""


def notice_of(page: ReportPage, at: datetime) -> Notice | None:
    """Why the report cannot be written, or that it was sent; None when it is just open."""
    sheet = page.sheet
    if sheet.round is None:
        return Notice(
            "info",
            _("El %(period)s aún no se reporta.") % {"period": period_words(sheet.period)},
            _("DIGER todavía no ha fijado sus fechas."),
        )
    if not page.is_open:
        return not_open(sheet, sheet.round, at)
    if not page.may_write:
        return Notice(
            "info",
            _("Sólo lectura."),
            _("Sólo la UPGRET de la institución escribe y envía este reporte."),
        )
    if sheet.state == "to_approve":
        return waits_for_approval(page)
    if sheet.given_back_note:
        return was_given_back(sheet)
    return was_sent(sheet) if sheet.state in {"submitted", "validated"} else None


def not_open(sheet: ReportSheet, round_: RoundFacts, at: datetime) -> Notice:
    if round_.opens_on > at.date():
        return Notice(
            "info",
            _("Aún no abre."),
            _("Podrá escribir los datos desde el %(day)s.")
            % {"day": deadline_words(round_.opens_on)},
        )
    return Notice(
        "warning",
        _("El %(period)s ya cerró.") % {"period": period_words(sheet.period)},
        _(
            "Cerró el %(moment)s Lo validado es definitivo; para corregirlo, la institución pide "
            "el cambio a DIGER y queda constancia."
        )
        % {"moment": deadline_words(round_.deadline)},
    )


def waits_for_approval(page: ReportPage) -> Notice:
    sheet = page.sheet
    prepared = {"who": sheet.prepared_by, "when": deadline_words(sheet.prepared_at)}
    free = _("Si cambia un dato, el reporte vuelve a borrador.")
    mine = _("Revíselo y envíelo a DIGER, o devuélvalo a la UPGRET con una frase.")
    return Notice(
        "info",
        _("Espera aprobación: lo dejó %(who)s el %(when)s") % prepared,
        mine if page.may_approve else free,
        report_url(sheet, "monitoring:report_submit"),
        _("Revisar y aprobar") if page.may_approve else _("Ver qué se envía"),
    )


def was_given_back(sheet: ReportSheet) -> Notice:
    return Notice(
        "warning",
        _("%(who)s lo devolvió antes de enviarlo a DIGER: «%(note)s».")
        % {"who": sheet.given_back_by, "note": sheet.given_back_note},
        _("Corrija y vuelva a enviarlo a aprobación."),
    )


def was_sent(sheet: ReportSheet) -> Notice:
    sent = {"who": sheet.submitted_by, "when": deadline_words(sheet.submitted_at)}
    if sheet.state == "validated":
        return Notice(
            "good", _("DIGER validó el reporte."), _("Lo envió %(who)s el %(when)s") % sent
        )
    free = _("Puede corregir hasta que DIGER empiece a revisar; si corrige, vuelva a enviarlo.")
    held = _("DIGER ya lo está revisando: sólo podrá cambiar lo que le devuelva.")
    return Notice(
        "good",
        _("Enviado por %(who)s el %(when)s") % sent,
        held if is_under_review(sheet) else free,
        report_url(sheet, "monitoring:report_submit"),
        _("Ver el comprobante"),
    )
