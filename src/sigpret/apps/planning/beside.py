"""What the apps above say of the products of a plan, beside the plan itself.

A plan knows no goal, no lempira and no rule of coherence: `config/wiring.py` registers who does.
A provider sends one statement for the whole plan, whatever its products, and leaves out the
products it knows nothing of: not knowing is not zero.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from sigpret.apps.institutions.queries import Access

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class GoalStep:
    """A goal of the chain a product serves. `share` is its part of the goal above, 0-100."""

    level: str
    code: str
    text: str
    url: str
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class GoalLink:
    """What a product serves, from the institutional goal up; `missing` names where it stops.

    `missing` is "" when the chain reaches a presidential goal, else the level nobody linked:
    `sectoral` or `presidential`.
    """

    steps: tuple[GoalStep, ...]
    missing: str = ""

    @property
    def code(self) -> str:
        return self.steps[0].code

    @property
    def url(self) -> str:
        return self.steps[0].url


@dataclass(frozen=True, slots=True)
class ActivityCost:
    """What an activity of a product costs, in lempiras; None: not stated."""

    name: str
    cost: Decimal | None


@dataclass(frozen=True, slots=True)
class ProductMoney:
    """What a product takes, in lempiras. None is "not stated", which is not zero.

    `amount` is what the plan's budget gives it; `cost` is the sum of its activities. `how` says
    in words where the amount comes from; `url` leads to where it is edited.
    """

    amount: Decimal | None = None
    cost: Decimal | None = None
    category: str = ""
    how: str = ""
    url: str = ""
    activities: tuple[ActivityCost, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanCeiling:
    """The most an institution may plan to spend in the year, in lempiras; `url` leads to it."""

    amount: Decimal
    url: str = ""


@dataclass(frozen=True, slots=True)
class OneClick:
    """A repair a finding offers: the datum of the product that would change and its new value.

    `field` is `annual_output` or the number of a quarter, `1` to `4`. `value` None empties it.
    """

    label: str
    field: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class PlanFinding:
    """What a rule of coherence found. `severity` is `error` (it stops the sending) or `warning`;
    an error that `may_be_explained` stops it only until somebody writes why.

    `fields` are the data it speaks of, as in `OneClick.field`; `url` and `action` lead to where
    it is mended when it is not in the row.
    """

    rule: str
    severity: str
    sentence: str
    fixes: tuple[OneClick, ...] = ()
    fields: frozenset[str] = frozenset()
    url: str = ""
    action: str = ""
    may_be_explained: bool = False

    @property
    def is_error(self) -> bool:
        return self.severity == ERROR

    @property
    def stops(self) -> bool:
        return self.is_error and not self.may_be_explained


@dataclass(frozen=True, slots=True)
class PanelPart:
    """A section of the side panel of a product: a heading and a template that draws `facts`.

    The template finds this object as `part`.
    """

    heading: str
    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)


Links = Mapping[int, tuple[GoalLink, ...]]
Money = Mapping[int, ProductMoney]
#: Findings by product id; those of the whole plan under None.
Findings = Mapping[int | None, tuple[PlanFinding, ...]]
Panel = Mapping[int, PanelPart]

Said = TypeVar("Said")
#: The address where a product is linked to a goal, by its id.
LinkingAddress = Callable[[int], str]
#: `provider(plan_id, fiscal_year, institution_id, access)`.
Provider = Callable[[int, int, int, Access], Said]

_LINKS: list[Provider[Links]] = []
_LINKING: list[LinkingAddress] = []
_MONEY: list[Provider[Money]] = []
_CEILING: list[Provider[PlanCeiling | None]] = []
_FINDINGS: list[Provider[Findings]] = []
_PANEL: list[Provider[Panel]] = []


def _add(register: list[Provider[Said]], provider: Provider[Said]) -> None:
    if provider not in register:
        register.append(provider)


def register_links(provider: Provider[Links]) -> None:
    """Who knows which goals each product serves."""
    _add(_LINKS, provider)


def register_linking(address: LinkingAddress) -> None:
    """Who knows where a product is linked to a goal."""
    _LINKING[:] = [address]


def linking_address(product_id: int) -> str:
    """Where a product is linked to a goal; "" when nobody knows of goals."""
    return next((address(product_id) for address in _LINKING), "")


def register_money(provider: Provider[Money]) -> None:
    """Who knows what each product takes."""
    _add(_MONEY, provider)


def register_ceiling(provider: Provider[PlanCeiling | None]) -> None:
    """Who knows the ceiling of the institution for the year."""
    _add(_CEILING, provider)


def register_findings(provider: Provider[Findings]) -> None:
    """Who checks the coherence of the plan."""
    _add(_FINDINGS, provider)


def register_panel(provider: Provider[Panel]) -> None:
    """Who adds a section to the panel of a product."""
    _add(_PANEL, provider)


@dataclass(frozen=True, slots=True)
class Beside:
    """Asks, for one plan and one reader, what stands beside its products."""

    plan_id: int
    fiscal_year: int
    institution_id: int
    access: Access

    def links(self) -> Links:
        return self._gathered(_LINKS)

    def money(self) -> Money:
        return self._gathered(_MONEY)

    def findings(self) -> Findings:
        return self._gathered(_FINDINGS)

    def ceiling(self) -> PlanCeiling | None:
        said = (self._ask(provider) for provider in _CEILING)
        return next((ceiling for ceiling in said if ceiling is not None), None)

    def panel(self, product_id: int) -> tuple[PanelPart, ...]:
        said = (self._ask(provider).get(product_id) for provider in _PANEL)
        return tuple(part for part in said if part is not None)

    def has_links(self) -> bool:
        """Does anybody know of goals? Without it, no product is missing one."""
        return bool(_LINKS)

    def has_money(self) -> bool:
        """Does anybody know of money? Without it, the page draws no column for it."""
        return bool(_MONEY)

    def _ask(self, provider: Provider[Said]) -> Said:
        return provider(self.plan_id, self.fiscal_year, self.institution_id, self.access)

    def _gathered(self, register: list[Provider[Mapping[Any, Any]]]) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for provider in register:
            for key, value in self._ask(provider).items():
                found[key] = (
                    found[key] + value if isinstance(value, tuple) and key in found else value
                )
        return found
