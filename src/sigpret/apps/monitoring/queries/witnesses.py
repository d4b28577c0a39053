"""What others know of a datum: apps above this one say it, and the review asks them all.

A provider stands in its own app and `config/wiring.py` registers it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Testimony:
    """What somebody who went to see says of a datum. `verdict` is contradicts, confirms, partial
    or empty while the visit is still to be made; `text` what was found, in a sentence."""

    value_id: int
    number: int
    verdict: str
    text: str
    on: date
    url: str

    @property
    def contradicts(self) -> bool:
        return self.verdict == "contradicts"


Provider = Callable[[Collection[int]], Mapping[int, tuple[Testimony, ...]]]

_PROVIDERS: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Add a provider `(value ids) -> testimonies by value id`; twice is once."""
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)
    return provider


def testimonies(value_ids: Collection[int]) -> dict[int, tuple[Testimony, ...]]:
    """Everything that is known of some values, by value id; the newest first."""
    found: dict[int, tuple[Testimony, ...]] = {}
    for provider in _PROVIDERS:
        for value_id, said in provider(value_ids).items():
            found[value_id] = (*found.get(value_id, ()), *said)
    return found
