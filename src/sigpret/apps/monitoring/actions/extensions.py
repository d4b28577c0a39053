"""More time for one institution: asked for once, granted until a moment or refused with a note."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions.deadlines import Hold, day_words, held_round, words
from sigpret.apps.monitoring.actions.round_notices import (
    tell_extension_decided,
    tell_extension_requested,
)
from sigpret.apps.monitoring.models import Extension, ReportingRound
from sigpret.apps.monitoring.permissions import (
    check_can_grant_extension,
    check_can_write_report,
    check_no_interest,
)
from sigpret.apps.monitoring.queries.rounds import local_day
from sigpret.methodology.periods import Period


class ExtensionError(Exception):
    """The extension cannot be asked for or decided so; its text says why."""


@transaction.atomic
def request_extension(
    *,
    actor: User,
    access: Access,
    institution: Institution,
    period: Period,
    reason: str,
    at: datetime,
) -> Extension:
    """Ask for more time, once per quarter and before the deadline; asking again so is no effect.

    Raises PermissionDenied, RoundNotOpenError and ExtensionError: without a reason, too late, or
    already asked with another reason.
    """
    check_can_write_report(access, institution.pk)
    reason = needed(reason, _("Escriba por qué necesita más tiempo."))
    held = held_round(period, Hold.DECIDING)
    if (known := held_extension(held, institution)) is not None:
        return same_request(known, reason)
    check_in_time(held, at)
    asked = Extension.objects.create(
        round=held, institution=institution, reason=reason, requested_by=actor, requested_at=at
    )
    tell_extension_requested(asked, at)
    tell(asked, "requested", actor, {"reason": reason})
    return asked


@transaction.atomic
def grant_extension(
    *,
    actor: User,
    access: Access,
    institution: Institution,
    period: Period,
    until: datetime,
    at: datetime,
    reason: str = "",
    note: str = "",
) -> Extension:
    """Give an institution until a moment (aware), whether it asked or not.

    Without a request `reason` says why. A granted one may be lengthened or shortened; granting
    it just so again has no effect. It may go past the closing: what enters then belongs to the
    next edition. Raises PermissionDenied, RoundNotOpenError, ExtensionError.
    """
    check_can_grant_extension(access)
    check_no_interest(access, institution_id=institution.pk)
    held = held_round(period, Hold.DECIDING)
    check_is_later(held, until, at)
    found = held_extension(held, institution) or begun(held, institution, reason, at)
    check_asked_by_another(actor, found)
    if (found.state, found.until) == (Extension.State.GRANTED, until):
        return found
    found.state, found.until = Extension.State.GRANTED, until
    found.decided_by, found.decided_at, found.decision_note = actor, at, note.strip()
    found.save()
    tell_extension_decided(found, at)
    tell(found, "granted", actor, {"until": until, "reason": found.reason, "note": note.strip()})
    return found


@transaction.atomic
def refuse_extension(
    *, actor: User, access: Access, extension_id: int, note: str, at: datetime
) -> Extension:
    """Refuse a request with a note its institution will read; refusing twice has one effect.

    Raises PermissionDenied, ExtensionError, Extension.DoesNotExist.
    """
    check_can_grant_extension(access)
    note = needed(note, _("Escriba por qué no concede la prórroga."))
    found = (
        Extension.objects.select_for_update(of=("self",))
        .select_related("round", "institution")
        .get(pk=extension_id)
    )
    check_no_interest(access, institution_id=found.institution_id)
    check_asked_by_another(actor, found)
    if found.state == Extension.State.REFUSED:
        return found
    if found.state != Extension.State.REQUESTED:
        raise ExtensionError(_("Esta prórroga ya está concedida: cambie su fecha."))
    found.state = Extension.State.REFUSED
    found.decided_by, found.decided_at, found.decision_note = actor, at, note
    found.save()
    tell_extension_decided(found, at)
    tell(found, "refused", actor, {"note": note})
    return found


def check_asked_by_another(actor: User, extension: Extension) -> None:
    if extension.requested_by_id == actor.pk:
        raise ExtensionError(_("Otra persona debe decidir lo que usted pidió."))


def needed(text: str, message: str) -> str:
    if not (text := text.strip()):
        raise ExtensionError(message)
    return text


def held_extension(held: ReportingRound, institution: Institution) -> Extension | None:
    found = Extension.objects.select_for_update(of=("self",)).select_related("institution")
    return found.filter(round=held, institution=institution).first()


def begun(held: ReportingRound, institution: Institution, reason: str, at: datetime) -> Extension:
    """One that DIGER gives on its own, with its reason."""
    reason = needed(reason, _("Escriba el motivo de la excepción."))
    return Extension(round=held, institution=institution, reason=reason, requested_at=at)


def same_request(known: Extension, reason: str) -> Extension:
    if known.reason == reason:
        return known
    raise ExtensionError(_("La institución ya pidió prórroga en este trimestre."))


def check_in_time(held: ReportingRound, at: datetime) -> None:
    """Before it opens there is nothing to prolong; after the deadline it is DIGER who decides."""
    quarter = words(Period.parse(held.period))
    if local_day(at) < held.opens_on:
        raise ExtensionError(_("El %(quarter)s todavía no abre.") % {"quarter": quarter})
    if held.state == ReportingRound.State.CLOSED or at >= held.closes_at:
        raise ExtensionError(
            _("El plazo del %(quarter)s venció el %(day)s. Escriba a DIGER: aún puede concederla.")
            % {"quarter": quarter, "day": day_words(held.closes_at)}
        )


def check_is_later(held: ReportingRound, until: datetime, at: datetime) -> None:
    if until <= at or until <= held.closes_at:
        raise ExtensionError(
            _("La prórroga debe vencer después de hoy y del plazo, que es el %(day)s.")
            % {"day": day_words(held.closes_at)}
        )


def tell(extension: Extension, what: str, actor: User, facts: dict[str, object]) -> None:
    """The event of the chain, about the institution's quarter."""
    record(
        actor=actor,
        action=f"monitoring.extension_{what}",
        subject_type="extension",
        subject_id=extension.pk,
        payload={
            "period": extension.round.period,
            "institution": extension.institution.code,
            **facts,
        },
    )
