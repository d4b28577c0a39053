"""Constituting a mesa, once nothing it needs is missing."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.mesas.models import Mesa
from sigpret.apps.mesas.permissions import check_can_accompany
from sigpret.apps.mesas.queries import Standing
from sigpret.apps.mesas.queries.constitution import lacks
from sigpret.methodology.mesas.accreditation import Requirement

#: What the person reads of each thing that is missing.
MISSING: Mapping[Requirement, Promise] = {
    Requirement.POLITICAL_COORDINATOR: gettext_lazy("la coordinación política"),
    Requirement.TECHNICAL_COORDINATOR: gettext_lazy("la coordinación técnica"),
    Requirement.ANALYST: gettext_lazy("la analista de DIGER"),
    Requirement.SUPPORT: gettext_lazy("el equipo de apoyo"),
    Requirement.ACCREDITED: gettext_lazy("la acreditación de sus instituciones"),
}


class ConstitutionError(Exception):
    """The mesa cannot be constituted; its text says what is missing."""


@transaction.atomic
def constitute(*, actor: User, standing: Standing, act: str, on: date, at: datetime) -> Mesa:
    """Write down that the mesa was constituted by an act on a day; once, for good.

    Raises PermissionDenied and ConstitutionError.
    """
    check_can_accompany(standing)
    mesa = Mesa.objects.select_for_update().get(pk=standing.mesa_id)
    if mesa.constituted_on is not None:
        return mesa
    check_complete(mesa, on, at.date())
    if not act.strip():
        raise ConstitutionError(_("Escriba el número del acta de constitución."))
    mesa.constituted_on, mesa.constitution_act, mesa.constituted_by = on, act.strip(), actor
    mesa.version += 1
    mesa.save()
    record(
        actor=actor,
        action="mesas.constituted",
        subject_type="mesa",
        subject_id=mesa.pk,
        payload={"on": on, "act": mesa.constitution_act},
    )
    return mesa


def check_complete(mesa: Mesa, on: date, today: date) -> None:
    if on > today:
        raise ConstitutionError(_("El acta no puede ser de un día que todavía no llega."))
    names = missing_names(mesa, today)
    if names:
        raise ConstitutionError(_("Todavía falta: %(names)s.") % {"names": names})


def missing_to_meet(mesa: Mesa, *, on: date) -> str:
    """Why a mesa may not call anybody yet, in one sentence; empty when it may."""
    if mesa.constituted_on is not None:
        return ""
    names = missing_names(mesa, on)
    if not names:
        return _("La mesa no está constituida: falta que DIGER registre su acta de constitución.")
    return _("La mesa no está constituida y no puede convocar. Falta: %(names)s.") % {
        "names": names
    }


def missing_names(mesa: Mesa, on: date) -> str:
    """What a mesa lacks on a day, in words; empty when nothing is missing."""
    return ", ".join(str(MISSING[lack.requirement]) for lack in lacks(mesa, on=on))
