"""The act of a closing in words: what the screen says, for paper."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from sigpret.apps.evaluation.queries.closing import ClosingScreen, Silent
from sigpret.apps.evaluation.sentences import closing_sentence
from sigpret.documents.closing_act import (
    ActCheck,
    ActCount,
    ActException,
    ActSigner,
    ClosingAct,
)
from sigpret.web.dates import deadline_words, long_date, period_words, short_date
from sigpret.web.formats import format_number

RECIPE = (
    "SHA-256 de las metas, los productos y las notas que se guardaron al cerrar. Se comprueba en "
    "el servidor con «./sigpret audit verify --closing {code} --edition {edition} --digest …»."
)


def act_of(screen: ClosingScreen, *, now: datetime, digest: str) -> ClosingAct:
    """The act of the closing that stands; before it closes, the draft of the one that comes."""
    edition = screen.edition if screen.round.is_closed else None
    moment = edition.closed_at if edition else now
    number = edition.number if edition else screen.round.edition
    return ClosingAct(
        period=period_words(screen.round.period),
        edition=number,
        closed_at=f"{long_date(moment)}, {deadline_words(moment).rpartition(', ')[2]}",
        summary=closing_sentence(screen, now),
        counts=counts_of(screen),
        checks=checks_of(screen),
        exceptions=tuple(map(exception_of, screen.silent)),
        digest=digest,
        signers=signers_of(screen),
        chain_head=edition.chain_head if edition else "",
        note=note_of(screen),
        recipe=RECIPE.format(code=screen.round.period.code, edition=number),
        is_draft=edition is None,
        is_demo=bool(settings.DEMO),
    )


def note_of(screen: ClosingScreen) -> str:
    """What whoever closed wrote; and why the edition before was opened again."""
    closed = screen.edition.note if screen.edition and screen.round.is_closed else ""
    before = [one.reason for one in screen.editions if one.reason]
    reopened = _("Se reabrió la edición anterior: %(why)s") % {"why": before[-1]} if before else ""
    return " ".join(text for text in (closed, reopened) if text)


def counts_of(screen: ClosingScreen) -> tuple[ActCount, ...]:
    counted = (
        (screen.checklist.due, ngettext_lazy("dato que vencía", "datos que vencían", "n")),
        (screen.checklist.validated, ngettext_lazy("validado", "validados", "n")),
        (
            screen.returned_values,
            ngettext_lazy("devuelto sin corregir", "devueltos sin corregir", "n"),
        ),
        (screen.unreported_values, ngettext_lazy("sin reporte", "sin reporte", "n")),
        (
            screen.work.on_time,
            ngettext_lazy("institución envió a tiempo", "instituciones enviaron a tiempo", "n"),
        ),
    )
    return tuple(
        ActCount(format_number(number), label % {"n": number}) for number, label in counted
    )


def checks_of(screen: ClosingScreen) -> tuple[ActCheck, ...]:
    """The same lines as on the screen, in the same order."""
    met, noted = _("Cumplido"), _("Con observación")
    undecided, returned = screen.undecided_values, screen.returned_values
    lines = (
        (
            _("El plazo de reporte venció"),
            deadline_words(screen.round.closes_at),
            screen.is_past_deadline,
        ),
        (
            _("Todas las revisiones están cerradas"),
            ngettext(
                "%(n)s dato enviado sin decidir", "%(n)s datos enviados sin decidir", undecided
            )
            % {"n": undecided},
            not undecided,
        ),
        (
            _("La regla de evaluación está fijada"),
            _("Versión %(version)s") % {"version": screen.policy.version},
            True,
        ),
        (
            _("Las solicitudes de cambio están resueltas"),
            ngettext("%(n)s pendiente", "%(n)s pendientes", screen.changes.waiting)
            % {"n": screen.changes.waiting},
            not screen.changes.waiting,
        ),
        (
            _("Los datos devueltos se corrigieron"),
            ngettext(
                "%(n)s se cierra como «Sin reporte»",
                "%(n)s se cierran como «Sin reporte»",
                returned,
            )
            % {"n": returned},
            not returned,
        ),
        (
            _("Todas las instituciones reportaron"),
            _("%(n)s con excepción vigente y %(others)s sin motivo")
            % {"n": len(screen.excused), "others": len(screen.unexcused)},
            not screen.silent,
        ),
    )
    return tuple(
        ActCheck(text, detail, met if is_met else noted, is_met) for text, detail, is_met in lines
    )


def exception_of(line: Silent) -> ActException:
    excuse = line.excuse
    return ActException(
        institution=f"{line.code} · {line.name}",
        reason=excuse.reason if excuse else "",
        authorised_by=excuse.granted_by if excuse else "",
        until=short_date(excuse.until) if excuse else "",
        closes_as=_("Sin reporte"),
    )


def signers_of(screen: ClosingScreen) -> tuple[ActSigner, ...]:
    """Who confirmed and who closed; before that, who is missing."""
    missing = _("Falta")
    if screen.round.is_closed and (edition := screen.edition) is not None:
        when = deadline_words(edition.closed_at)
        return (
            ActSigner(edition.confirmed_by or "—", _("Confirmó"), when),
            ActSigner(edition.closed_by or "—", _("Cerró"), when),
        )
    other = ActSigner("", _("Administración de DIGER"), missing)
    if (first := screen.confirmation) is None:
        return other, other
    return ActSigner(first.name, first.position, deadline_words(first.at)), other
