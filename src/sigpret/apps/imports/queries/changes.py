"""What a draft would change in the plan in force: the report's own differences and the quarters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from sigpret.apps.imports.drafts import Draft, key_of, plain
from sigpret.apps.imports.queries.keeping import KeptProduct
from sigpret.apps.planning.programming import (
    NO_QUARTERS,
    ProductKey,
    Quarters,
    plain_code,
)
from sigpret.apps.planning.queries import StoredPlan
from sigpret.intake.compare import FIELD_NAMES, Change, Kind, Subject, Value, compare
from sigpret.intake.rows import Coded
from sigpret.web.dates import ROMAN
from sigpret.web.formats import MISSING, format_number


@dataclass(frozen=True)
class TextChange:
    """One text or number before and after, in words."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class ProductChange:
    """A product that appears, changes or leaves; `changes` only for those that change."""

    key: ProductKey
    name: str
    changes: tuple[TextChange, ...] = ()


@dataclass(frozen=True)
class DraftChanges:
    """Everything a confirmation would do to the plan; `texts` are those above the products."""

    created: tuple[ProductChange, ...] = ()
    changed: tuple[ProductChange, ...] = ()
    removed: tuple[ProductChange, ...] = ()
    texts: tuple[TextChange, ...] = ()
    touched: frozenset[ProductKey] = field(default=frozenset())

    def __bool__(self) -> bool:
        return self.count > 0

    @property
    def count(self) -> int:
        return sum(map(len, (self.created, self.changed, self.removed, self.texts)))


def draft_changes(stored: StoredPlan, draft: Draft, kept: Iterable[KeptProduct]) -> DraftChanges:
    """The differences between the plan in force and the draft; quarters count once accepted."""
    staying = frozenset(product.key for product in kept)
    found = [
        change
        for change in compare(stored.document, draft.corrected).changes
        if not _only_renamed_in_catalogue(change) and not _stays(change, staying)
    ]
    created = _whole(found, Kind.ADDED)
    changed = tuple(_changed(found, stored, draft))
    return DraftChanges(
        created=created,
        changed=changed,
        removed=_whole(found, Kind.REMOVED),
        texts=tuple(_text(change) for change in found if change.subject is not Subject.PRODUCT),
        touched=frozenset(row.key for row in (*created, *changed)),
    )


def _only_renamed_in_catalogue(change: Change) -> bool:
    """The plan keeps codes; the names beside them are the catalogue's, not the report's."""
    before, after = change.before, change.after
    if isinstance(before, Coded) and isinstance(after, Coded):
        return plain_code(before.code) == plain_code(after.code)
    return False


def _stays(change: Change, staying: frozenset[ProductKey]) -> bool:
    """A product that stays keeps the objectives it stands under."""
    if change.kind is not Kind.REMOVED or change.subject is Subject.RESULT:
        return False
    return any(key[: len(change.key)] == change.key for key in staying)


def _whole(found: list[Change], kind: Kind) -> tuple[ProductChange, ...]:
    """Products that appear or leave."""
    return tuple(
        ProductChange(ProductKey(*change.key), str(change.after or change.before))
        for change in found
        if change.subject is Subject.PRODUCT and change.kind is kind
    )


def _changed(found: list[Change], stored: StoredPlan, draft: Draft) -> Iterator[ProductChange]:
    fields: dict[ProductKey, list[TextChange]] = {}
    for change in found:
        if change.subject is Subject.PRODUCT and change.kind is Kind.CHANGED:
            what = FIELD_NAMES[change.field or ""].capitalize()
            fields.setdefault(ProductKey(*change.key), []).append(
                TextChange(what, _in_words(change.before), _in_words(change.after))
            )
    for key in stored.ids:
        if change_of_quarters := _quarters(key, stored, draft):
            fields.setdefault(key, []).append(change_of_quarters)
    for placed in draft.document.placed_products():
        key = key_of(placed)
        if key in fields:
            yield ProductChange(key, placed.product.name, tuple(fields[key]))


def _quarters(key: ProductKey, stored: StoredPlan, draft: Draft) -> TextChange | None:
    before, after = stored.quarters.get(key, NO_QUARTERS), draft.quarters.get(key)
    if after is None or before == after:
        return None
    return TextChange(_("Trimestres"), _quarters_in_words(before), _quarters_in_words(after))


def _quarters_in_words(quarters: Quarters) -> str:
    """`II: 1, IV: 1`; a dash when no quarter plans anything."""
    planned = [
        f"{ROMAN[number]}: {_in_words(value)}"
        for number, value in enumerate(quarters, start=1)
        if value is not None
    ]
    return ", ".join(planned) or MISSING


def _text(change: Change) -> TextChange:
    name = f"{change.subject.value} {'.'.join(map(str, change.key))}"
    what = f"{name}, {FIELD_NAMES[change.field]}" if change.field else name
    if change.subject is Subject.PLAN:
        what = FIELD_NAMES[change.field or ""].capitalize()
    return TextChange(what, _in_words(change.before), _in_words(change.after))


def _in_words(value: Value) -> str:
    if isinstance(value, Decimal):
        return format_number(value, decimals=max(0, len(plain(value).partition(".")[2])))
    return MISSING if value is None else str(value)
