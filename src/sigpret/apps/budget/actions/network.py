"""Writing the network of programmatic categories and how each is apportioned to products."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.budget.models import (
    BudgetLine,
    CategoryKind,
    CategoryProduct,
    ProgrammaticCategory,
)
from sigpret.apps.budget.permissions import check_can_apportion, check_can_write_budget
from sigpret.apps.budget.workflow import LEVELS, MAY_STAND_UNDER
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.models import AnnualPlan, Product
from sigpret.apps.planning.workflow import WRITABLE_PLANS
from sigpret.methodology.apportioning import heaviest_path, taken
from sigpret.methodology.values import printed

SUBJECT = "programmatic_category"
WHOLE = Decimal(100)


class NetworkError(Exception):
    """It cannot be done to the network; its text is the sentence for the person."""


class StaleCategoryError(NetworkError):
    """Somebody changed the category since the person read it."""

    def __init__(self, category: ProgrammaticCategory) -> None:
        super().__init__(
            _("Otra persona cambió «%(category)s» mientras usted la editaba. Vuelva a leerla.")
            % {"category": category}
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Who writes in the network of which institution and year, and when."""

    actor: User
    access: Access
    institution_id: int
    fiscal_year: int
    at: datetime


@transaction.atomic
def add_category(
    *, place: Place, parent_id: int | None, kind: str, code: str, name: str
) -> ProgrammaticCategory:
    """Add a category; the same code under the same one, sent twice, is one.

    Raises PermissionDenied and NetworkError (a code that is taken, a kind that does not fit).
    """
    check_can_write_budget(place.access, place.institution_id)
    hold_network(place)
    parent = None if parent_id is None else held(place, parent_id)
    check_fits(kind, parent)
    found: ProgrammaticCategory | None = twins(place, parent, kind, code).first()
    if found is not None:
        if found.name == name.strip():
            return found
        raise NetworkError(_("Ya hay una categoría con ese código en ese lugar."))
    category = ProgrammaticCategory.objects.create(
        institution_id=place.institution_id,
        fiscal_year=place.fiscal_year,
        parent=parent,
        kind=kind,
        code=code.strip(),
        name=name.strip(),
    )
    note(place, category, "added", {"kind": kind, "code": category.code, "name": category.name})
    return category


@transaction.atomic
def change_category(
    *,
    place: Place,
    category_id: int,
    code: str,
    name: str,
    parent_id: int | None,
    expected_version: int,
) -> ProgrammaticCategory:
    """Rename a category, give it another code or hang it from another.

    One with lines of budget, its own or below, keeps its code and its place: SIAFI keyed them
    so. Raises PermissionDenied, NetworkError and StaleCategoryError.
    """
    check_can_write_budget(place.access, place.institution_id)
    hold_network(place)
    category = held(place, category_id)
    wanted = (code.strip(), name.strip(), parent_id)
    now = (category.code, category.name, category.parent_id)
    if now == wanted:
        return category
    if category.version != expected_version:
        raise StaleCategoryError(category)
    if (wanted[0], parent_id) != (category.code, category.parent_id):
        check_may_move(place, category, wanted[0], parent_id)
    category.code, category.name, category.parent_id = wanted
    category.version += 1
    category.save(update_fields=["code", "name", "parent", "version"])
    note(place, category, "changed", {"old": list(now), "new": list(wanted)})
    return category


@transaction.atomic
def remove_category(*, place: Place, category_id: int) -> None:
    """Take away a category nothing hangs from; one that is gone is gone.

    Raises PermissionDenied and NetworkError.
    """
    check_can_write_budget(place.access, place.institution_id)
    hold_network(place)
    category = of_place(place).filter(pk=category_id).first()
    if category is None:
        return
    for related, sentence in (
        ("children", _("Tiene otras categorías debajo: quite o mueva primero esas.")),
        ("lines", _("Tiene líneas de presupuesto: no puede quitarse.")),
        ("product_shares", _("Tiene productos: quite primero su reparto.")),
    ):
        if getattr(category, related).exists():
            raise NetworkError(sentence)
    facts = {"code": category.code, "name": category.name}
    category_id = category.pk
    category.delete()
    record(
        actor=place.actor,
        action="budget.category_removed",
        subject_type=SUBJECT,
        subject_id=category_id,
        payload=facts | {"at": place.at},
    )


@transaction.atomic
def apportion(
    *,
    place: Place,
    category_id: int,
    shares: Mapping[int, Decimal | None],
    expected_version: int,
) -> ProgrammaticCategory:
    """Say what part (0-100) of a category each product takes; None takes the product out.

    Products that are not named keep theirs; all together, with what the categories above and
    below it give, take 100 at most. Once the plan was sent only DIGER's administration does
    it, and the event says in what state the plan was.
    Raises PermissionDenied, NetworkError and StaleCategoryError.
    """
    state = held_plan_state(place)
    check_can_apportion(
        place.access, place.institution_id, is_plan_writable=state in WRITABLE_PLANS or not state
    )
    hold_network(place)
    category = held(place, category_id)
    stored = {row.product_id: row.share for row in category.product_shares.all()}
    wanted = {**stored, **shares}
    kept = {pk: share for pk, share in wanted.items() if share is not None}
    if kept == stored:
        return category
    if category.version != expected_version:
        raise StaleCategoryError(category)
    check_shares(place, kept)
    if sum(kept.values()) > sum(stored.values()):
        check_counts_once(place, category, share=sum(kept.values(), Decimal(0)))
    category.product_shares.exclude(product__in=kept).delete()
    CategoryProduct.objects.bulk_create(
        [CategoryProduct(category=category, product_id=pk, share=kept[pk]) for pk in kept],
        update_conflicts=True,
        update_fields=["share"],
        unique_fields=["category", "product"],
    )
    category.version += 1
    category.save(update_fields=["version"])
    facts = {"old": texts(stored), "new": texts(kept), "plan_state": state}
    note(place, category, "apportioned", facts)
    return category


def held_plan_state(place: Place) -> str:
    """The state of the plan, which waits until commit to change; "" without a plan."""
    plan = (
        AnnualPlan.objects.select_for_update()
        .filter(institution=place.institution_id, fiscal_year=place.fiscal_year)
        .first()
    )
    return str(plan.state) if plan else ""


def check_shares(place: Place, shares: Mapping[int, Decimal]) -> None:
    """Raise NetworkError when they are no parts of a whole, or of another plan's products."""
    if any(not 0 < share <= WHOLE for share in shares.values()):
        raise NetworkError(_("Cada parte es mayor que 0 y hasta 100."))
    if sum(shares.values()) > WHOLE:
        raise NetworkError(
            _("Las partes suman %(total)s %% y no pueden pasar de 100.")
            % {"total": sum(shares.values())}
        )
    mine = Product.objects.filter(
        pk__in=shares,
        operational_objective__objective__plan__institution=place.institution_id,
        operational_objective__objective__plan__fiscal_year=place.fiscal_year,
    )
    if mine.count() != len(shares):
        raise NetworkError(_("Un producto ya no está en el plan. Vuelva a leer la página."))


def check_counts_once(
    place: Place,
    category: ProgrammaticCategory,
    *,
    share: Decimal | None = None,
    parent_id: int | None = None,
) -> None:
    """Raise NetworkError when the parts of a path through the category, with the parts it would
    have or where it would hang, pass 100: a line under both would count twice."""
    parents = dict(of_place(place).values_list("pk", "parent"))
    parents[category.pk] = category.parent_id if parent_id is None else parent_id
    rows = CategoryProduct.objects.filter(category__in=parents).order_by().values("category")
    parts = dict(rows.annotate(total=Sum("share")).values_list("category", "total"))
    if share is not None:
        parts[category.pk] = share
    path = [pk for pk in heaviest_path(parents, parts, category.pk) if parts.get(pk)]
    total = taken(parts, path)
    if total <= WHOLE:
        return
    names = of_place(place).in_bulk(path)
    said = ", ".join(
        _("«%(category)s» reparte %(share)s %%")
        % {"category": names[pk], "share": printed(parts[pk], 4)}
        for pk in path
    )
    raise NetworkError(
        _(
            "El mismo dinero se contaría dos veces: %(said)s. Una categoría y las que están "
            "debajo de ella reparten a lo sumo 100 %% entre todas, y así sumarían %(total)s %%."
        )
        % {"said": said, "total": printed(total, 4)}
    )


def check_may_move(
    place: Place, category: ProgrammaticCategory, code: str, parent_id: int | None
) -> None:
    """Raise NetworkError when its lines, its kind or what stands there do not let it."""
    if has_lines(category):
        raise NetworkError(
            _(
                "Hay líneas de presupuesto con esa clave, en ella o debajo: puede cambiar su "
                "nombre, no su código ni su lugar."
            )
        )
    parent = None if parent_id is None else held(place, parent_id)
    check_fits(category.kind, parent)
    above, steps = parent, 0
    while above is not None and steps < LEVELS:
        if above.pk == category.pk:
            raise NetworkError(_("Una categoría no puede ir debajo de sí misma."))
        above, steps = above.parent, steps + 1
    if twins(place, parent, category.kind, code).exclude(pk=category.pk).exists():
        raise NetworkError(_("Ya hay una categoría con ese código en ese lugar."))
    if parent_id != category.parent_id:
        check_counts_once(place, category, parent_id=parent_id)


def has_lines(category: ProgrammaticCategory) -> bool:
    """Does a line hang from it or from what is under it? The key of each says the whole path."""
    level, steps = [category.pk], 0
    while level and steps < LEVELS:
        if BudgetLine.objects.filter(category__in=level).exists():
            return True
        below = ProgrammaticCategory.objects.filter(parent__in=level)
        level, steps = list(below.values_list("pk", flat=True)), steps + 1
    return False


def check_fits(kind: str, parent: ProgrammaticCategory | None) -> None:
    """Raise NetworkError when that kind does not stand there."""
    if kind not in CategoryKind.values:
        raise NetworkError(_("Elija la clase de la categoría."))
    if parent is None:
        if kind != CategoryKind.PROGRAM:
            raise NetworkError(_("Sólo un programa no tiene categoría superior."))
    elif parent.kind not in MAY_STAND_UNDER[kind]:
        raise NetworkError(
            _("Debajo de «%(parent)s» no puede ir esa clase de categoría.") % {"parent": parent}
        )


def of_place(place: Place) -> Any:
    return ProgrammaticCategory.objects.filter(
        institution=place.institution_id, fiscal_year=place.fiscal_year
    )


def hold_network(place: Place) -> None:
    """One at a time writes the categories of an institution: what is right of each may be wrong
    of two together, and whoever held two of them in another order would wait for ever."""
    Institution.objects.select_for_update(no_key=True).get(pk=place.institution_id)


def held(place: Place, category_id: int) -> ProgrammaticCategory:
    """A category of the network, held until commit. Raises NetworkError when it is gone."""
    found: ProgrammaticCategory | None = (
        of_place(place).select_for_update(of=("self",)).filter(pk=category_id).first()
    )
    if found is None:
        raise NetworkError(_("Esa categoría ya no está en la red. Vuelva a leer la página."))
    return found


def twins(place: Place, parent: ProgrammaticCategory | None, kind: str, code: str) -> Any:
    return of_place(place).filter(parent=parent, kind=kind, code=code.strip())


def texts(shares: Mapping[int, Decimal]) -> dict[str, str]:
    return {str(pk): str(share.normalize()) for pk, share in sorted(shares.items())}


def note(place: Place, category: ProgrammaticCategory, done: str, facts: dict[str, Any]) -> None:
    record(
        actor=place.actor,
        action=f"budget.category_{done}",
        subject_type=SUBJECT,
        subject_id=category.pk,
        payload={"version": category.version, "at": place.at} | facts,
    )
