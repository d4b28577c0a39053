"""Setting the most an institution may propose to spend."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.budget.models import Ceiling
from sigpret.apps.budget.permissions import check_can_set_ceilings
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access

CEILING_SET = "budget.ceiling_set"


class CeilingError(Exception):
    """The ceiling cannot be set so; its text is the sentence for the person."""


@transaction.atomic
def set_ceiling(
    *,
    actor: User,
    access: Access,
    institution: Institution,
    fiscal_year: int,
    source_id: int | None,
    amount: Decimal | None,
    document: str,
    expected_version: int,
    at: datetime,
) -> None:
    """Set a ceiling in lempiras, of a funding source or of all (None); amount None takes it away.

    `expected_version` is that of the ceiling the person read, 0 when there was none. Ceilings by
    source fit together in the one of all. Raises PermissionDenied and CeilingError.
    """
    check_can_set_ceilings(access)
    Institution.objects.select_for_update().get(pk=institution.pk)
    rows = Ceiling.objects.filter(institution=institution, fiscal_year=fiscal_year)
    stored = rows.filter(funding_source=source_id).first()
    wanted = None if amount is None else (amount, document.strip())
    if wanted == (None if stored is None else (stored.amount, stored.document)):
        return
    if (stored.version if stored else 0) != expected_version:
        raise CeilingError(_("Otra persona cambió ese techo. Vuelva a leerlo."))
    check_amount(amount, document)
    old = None if stored is None else stored.amount
    ceiling = stored or Ceiling(
        institution=institution, fiscal_year=fiscal_year, funding_source_id=source_id
    )
    write(ceiling, wanted)
    check_parts_fit(rows)
    record(
        actor=actor,
        action=CEILING_SET,
        subject_type="ceiling",
        subject_id=f"{institution.code}-{fiscal_year}-{source_id or 0}",
        payload={"old": old, "new": amount, "document": document.strip(), "at": at},
    )


def check_amount(amount: Decimal | None, document: str) -> None:
    if amount is None:
        return
    if amount < 0 or amount != round(amount, 2):
        raise CeilingError(_("El techo es de 0 o más, con a lo sumo dos decimales."))
    if not document.strip():
        raise CeilingError(_("Escriba el documento que fija el techo."))


def write(ceiling: Ceiling, wanted: tuple[Decimal, str] | None) -> None:
    """Store it one version further, or take it away."""
    if wanted is None:
        ceiling.delete()
        return
    ceiling.amount, ceiling.document = wanted
    if ceiling.pk:
        ceiling.version += 1
    ceiling.save()


def check_parts_fit(rows: QuerySet[Ceiling]) -> None:
    """Raise CeilingError when the ceilings by source pass the one of all."""
    amounts: dict[int | None, Decimal] = dict(rows.values_list("funding_source", "amount"))
    whole = amounts.pop(None, None)
    parts = sum(amounts.values(), Decimal(0))
    if whole is not None and parts > whole:
        raise CeilingError(
            _("Los techos por fuente suman %(parts)s y pasan del techo de todas: %(whole)s.")
            % {"parts": f"{parts:,.2f}", "whole": f"{whole:,.2f}"}
        )
