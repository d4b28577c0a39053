"""What changed from one version of the minutes to another, as sentences people understand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One place of the minutes that differs; empty `old` or `new`: it was not there."""

    place: str
    old: str
    new: str

    @property
    def sentence(self) -> str:
        if not self.old:
            return _("%(place)s: se agregó") % {"place": self.place}
        if not self.new:
            return _("%(place)s: se quitó") % {"place": self.place}
        return _("%(place)s: cambió") % {"place": self.place}


def changes_between(old: Content, new: Content) -> tuple[str, ...]:
    """One sentence for each place that changed; empty when both say the same."""
    return tuple(difference.sentence for difference in differences(old, new))


def differences(old: Content, new: Content) -> tuple[Difference, ...]:
    """Every place that differs, in the order of the minutes."""
    return tuple(_differences(said_by(old), said_by(new)))


def _differences(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Difference]:
    for place in [*new, *(place for place in old if place not in new)]:
        before, after = old.get(place, ""), new.get(place, "")
        if before != after:
            yield Difference(place, before, after)


def said_by(content: Content) -> dict[str, str]:
    """Each place of the minutes with what it says."""
    told = {
        _("Lugar"): content["place"] or content["link"],
        _("Inicio"): content["started_at"],
        _("Final"): content["finished_at"],
        _("Asistencia"): attendance_of(content),
        _("Apertura"): content["opening"],
    }
    for item in content["agenda"]:
        told[_("Tema «%(title)s»") % {"title": item["title"]}] = item["notes"] or item["title"]
        for row in item["agreements"]:
            told[_("Acuerdo %(n)s") % {"n": row["number"]}] = agreement_words(row)
    return told | {_("Cierre y seguimiento"): content["closing"]}


def attendance_of(content: Content) -> str:
    return "\n".join(
        f"{person['name']}: {person['attendance']} {person['substitute']}".strip()
        for person in content["participants"]
    )


def agreement_words(row: Content) -> str:
    parts = (row["text"], row["expected_result"], row["institution"], row["responsible"])
    return " · ".join(part for part in (*parts, row["due_on"], row["goal"]) if part)
