"""The people of a mesa in words: how many, who is missing and what to do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sigpret.apps.mesas.queries.members import InstitutionMembers
from sigpret.methodology.mesas.accreditation import GUIDELINES, Lack, Requirement

#: What is missing, and who solves it.
LACKS: Mapping[Requirement, tuple[Promise, Promise]] = {
    Requirement.POLITICAL_COORDINATOR: (
        gettext_lazy("Falta la coordinación política"),
        gettext_lazy("La designa la Presidencia; DIGER registra el acto."),
    ),
    Requirement.TECHNICAL_COORDINATOR: (
        gettext_lazy("Falta la coordinación técnica"),
        gettext_lazy("La designan las instituciones de la mesa por consenso."),
    ),
    Requirement.ANALYST: (
        gettext_lazy("Falta la analista de DIGER"),
        gettext_lazy("La asigna la administración de DIGER."),
    ),
    Requirement.SUPPORT: (
        gettext_lazy("Falta el equipo de apoyo"),
        gettext_lazy("Lo definen las UPGRET de la mesa."),
    ),
    Requirement.ACCREDITED: (
        gettext_lazy("Falta acreditar"),
        gettext_lazy("Cada institución envía su oficio a DIGER."),
    ),
}


@dataclass(frozen=True, slots=True)
class LackLine:
    """One thing to do before the mesa is constituted; `duty` opens its form."""

    title: str
    who: str
    guideline: str
    duty: str


def lack_lines(lacks: Iterable[Lack], labels: Mapping[str, str]) -> tuple[LackLine, ...]:
    """What is missing, with the institutions by their label."""
    return tuple(lack_line(lack, labels) for lack in lacks)


def lack_line(lack: Lack, labels: Mapping[str, str]) -> LackLine:
    title, who = LACKS[lack.requirement]
    is_accreditation = lack.requirement is Requirement.ACCREDITED
    names = listed([labels.get(code, code) for code in lack.institutions])
    return LackLine(
        title=f"{title}: {names}" if names else str(title),
        who=str(who),
        guideline=GUIDELINES[lack.requirement],
        duty="" if is_accreditation else str(lack.requirement),
    )


def members_sentence(mesa: str, institutions: Sequence[InstitutionMembers], level: str) -> str:
    """`Salud: 12 personas acreditadas por 4 instituciones; IHADFA no acreditó a su UPGRET`."""
    people = sum(len(one.members) for one in institutions)
    places = sum(bool(one.members) for one in institutions)
    if not people:
        return _("%(mesa)s: nadie está acreditado todavía") % {"mesa": mesa}
    counted = ngettext(
        "%(mesa)s: %(people)s persona acreditada por %(places)s",
        "%(mesa)s: %(people)s personas acreditadas por %(places)s",
        people,
    ) % {"mesa": mesa, "people": people, "places": places_words(places)}
    rest = missing_words(institutions, level)
    return f"{counted}; {rest}" if rest else counted


def places_words(places: int) -> str:
    text = ngettext("%(n)s institución", "%(n)s instituciones", places)
    return text % {"n": places}


def missing_words(institutions: Iterable[InstitutionMembers], level: str) -> str:
    """The most pressing thing: who passes the limit, who is absent, who sent no director."""
    held = list(institutions)
    crowded = [one.label for one in held if one.delegation.is_crowded and level == "technical"]
    absent = [one.label for one in held if not one.members]
    headless = [one.label for one in held if one.members and not one.delegation.has_director]
    if crowded:
        return _("%(names)s: más del máximo") % {"names": listed(crowded)}
    if absent:
        words = ngettext("falta %(names)s", "faltan %(names)s", len(absent))
        return words % {"names": listed(absent)}
    if headless and level == "technical":
        words = ngettext(
            "%(names)s no acreditó a su UPGRET", "%(names)s no acreditaron a su UPGRET",
            len(headless),
        )  # fmt: skip
        return words % {"names": listed(headless)}
    return ""


def listed(names: Sequence[str]) -> str:
    return get_text_list(list(names), _("y"))
