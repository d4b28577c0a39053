"""What the technical level of some mesas proposed and nobody decided."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from sigpret.apps.mesas.models import MesaProduct, Strategy


@dataclass(frozen=True, slots=True)
class WaitingProposal:
    """A strategy (`kind` empty) or a written product that waits for its political level."""

    id: int
    slug: str
    mesa: str
    title: str
    proposed_at: datetime
    kind: str = ""
    year: int = 0
    period: str = ""
    number: int = 0


def waiting_proposals(mesa_ids: Collection[int]) -> tuple[WaitingProposal, ...]:
    """The oldest first; two statements."""
    found = chain(waiting_strategies(mesa_ids), waiting_products(mesa_ids))
    return tuple(sorted(found, key=lambda one: one.proposed_at))


def waiting_strategies(mesa_ids: Collection[int]) -> Iterator[WaitingProposal]:
    rows = Strategy.objects.filter(mesa__in=mesa_ids, state="proposed", proposed_at__isnull=False)
    names = ("pk", "mesa__sector__slug", "mesa__sector__name", "title", "proposed_at")
    for pk, slug, name, title, at in rows.values_list(*names):
        if at is not None:
            yield WaitingProposal(pk, slug, name, title, at)


def waiting_products(mesa_ids: Collection[int]) -> Iterator[WaitingProposal]:
    rows = MesaProduct.objects.filter(mesa__in=mesa_ids, state="proposed")
    for row in rows.select_related("mesa__sector"):
        sector = row.mesa.sector
        if row.proposed_at is not None:
            yield WaitingProposal(
                row.pk,
                sector.slug,
                sector.name,
                row.title,
                row.proposed_at,
                row.kind,
                row.year,
                row.period,
                row.number,
            )
