"""Bottlenecks, strategies and written products of a mesa, as small as the database allows."""

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.models import Institution
from sigpret.apps.mesas.models import Bottleneck, InformationMechanism, Mesa, MesaProduct, Strategy
from tests.factories.institutions import make_user
from tests.factories.mesas import AT


def make_bottleneck(mesa: Mesa, owner: Institution, **fields: object) -> Bottleneck:
    values = {
        "title": "Compras desiertas",
        "cause": "Los precios de referencia son de 2023.",
        "severity": "high",
        "found_at": AT,
        **fields,
    }
    values.setdefault("found_by", make_user())
    return Bottleneck.objects.create(mesa=mesa, owner=owner, **values)


def make_strategy(mesa: Mesa, by: User, *, options: int = 2, **fields: object) -> Strategy:
    """A strategy with its options; the first one is recommended."""
    values = {"title": "Compra conjunta", "problem": "Compras desiertas.", **fields}
    strategy = Strategy.objects.create(mesa=mesa, written_by=by, written_at=AT, **values)
    for number in range(1, options + 1):
        strategy.options.create(number=number, text=f"Opción {number}", is_recommended=number == 1)
    return strategy


def write_product(mesa: Mesa, by: User, kind: str = "diagnosis", **fields: object) -> MesaProduct:
    values = {
        "year": 2026,
        "title": "Diagnóstico",
        "sections": {"context": "Seis metas."},
        "written_at": AT,
        **fields,
    }
    return MesaProduct.objects.create(mesa=mesa, kind=kind, written_by=by, **values)


def make_mechanism(mesa: Mesa, place: Institution, **fields: object) -> InformationMechanism:
    values = {"text": "Partos atendidos", "source": "SIVIGILA", "frequency": "mensual", **fields}
    return InformationMechanism.objects.create(mesa=mesa, institution=place, **values)
