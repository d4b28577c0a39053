"""Personal data taken out of a text that citizens read."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _

from sigpret.apps.mesas.queries.folding import folded
from sigpret.apps.mesas.queries.unknown_people import without_unknown

Content = Mapping[str, Any]
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
#: Identity document, 0801-1975-01234, and the tax number of a person, which begins with it.
IDENTITY = re.compile(r"\b[01]\d{3}[ -]?(?:19|20)\d{2}[ -]?\d{5,6}\b")
#: Eight digits as telephones are written; `2022-2026` are years.
PHONE = re.compile(
    r"(?:\(?\+?504\)?[ .-]?)?\b(?!20\d\d[ -]?20\d\d)[2-9]\d{3}(?:[ .-]?\d{4}|[ -]\d\d[ -]\d\d)\b"
)
WORD = re.compile(r"\w+")
#: What stands between the words of one name.
BETWEEN = re.compile(r"[\s.,]{0,3}")
PARTICLES = frozenset(("de", "del", "la", "las", "los", "y"))
#: What is called after somebody.
PLACES = frozenset(
    [
        "hospital",
        "instituto",
        "escuela",
        "centro",
        "clinica",
        "policlinico",
        "aeropuerto",
        "colegio",
    ]
)
#: Before one of these, even a single surname says who it is.
TITLES = frozenset(
    [
        "lic",
        "licda",
        "licenciado",
        "licenciada",
        "ing",
        "ingeniero",
        "ingeniera",
        "dr",
        "dra",
        "doctor",
        "doctora",
        "abg",
        "abogado",
        "abogada",
        "don",
        "doña",
        "dona",
        "sr",
        "sra",
        "srta",
        "señor",
        "señora",
        "senor",
        "senora",
        "arq",
        "msc",
    ]
)


#: `Lic. Ana Paz`, `ingeniero Mejía`; with the word before, which may make a place of it.
TITLED = re.compile(
    rf"(\b[^\W\d_]+ [«“\"]?)?\b((?i:{'|'.join(sorted(TITLES, key=len, reverse=True))})\b\.?) "
    r"([A-ZÁÉÍÓÚÑ][\w.]+(?: (?:(?:de|del|la|las|los) )*[A-ZÁÉÍÓÚÑ]\w+){0,3})"
)


def untitled(said_instead: tuple[str, ...], found: re.Match[str]) -> str:
    """The title stays, whose it is does not; `Hospital Dr. Mario Rivas` names a place, and what is
    read instead of a known name was already put there."""
    before, title, name = found[1] or "", found[2], found[3]
    if said_instead and name.startswith(said_instead):
        return found[0]
    if before[:1].isupper() and folded(before.strip(' «“"')) in PLACES:
        return found[0]
    return f"{before}{title} {_('[nombre]')}"


@dataclass(frozen=True, slots=True)
class Known:
    """The folded words of somebody's name, and what is read in their place."""

    words: frozenset[str]
    instead: str

    @property
    def least(self) -> int:
        """So many of the words say who it is."""
        return min(2, len(self.words))


class Hiding:
    """Takes people out of a text: whoever was called or came in their place, whoever presents or
    answers for something; by two words of the name in any order, however they are accented. And
    identity documents, addresses and telephones, whoever's they are; who is named after a title,
    or by a given name of the country and a surname. `others` are more names to know, each with
    what is read instead."""

    def __init__(self, content: Content, others: Iterable[tuple[str, str]] = ()) -> None:
        places = {folded(person["institution"]) for person in content["participants"]}
        known: dict[frozenset[str], Known] = {}
        for name, instead in chain(names_in(content), people_in(others)):
            words = frozenset(word for word in words_of(name) if word not in PARTICLES)
            if words and folded(name) not in places:
                known.setdefault(words, Known(words, instead or _("[nombre]")))
        # The longest first: `Ana Paz Mejía` before `Ana Paz`.
        self.known = sorted(known.values(), key=lambda one: -len(one.words))

    def __call__(self, text: str) -> str:
        text = EMAIL.sub(_("[correo]"), unicodedata.normalize("NFC", text))
        text = IDENTITY.sub(_("[identidad]"), text)
        text = PHONE.sub(_("[teléfono]"), text)
        for one in self.known:
            text = without(one, text)
        text = TITLED.sub(partial(untitled, tuple(one.instead for one in self.known)), text)
        return without_unknown(text)


def names_in(content: Content) -> Iterable[tuple[str, str]]:
    """Every name the minutes know, with the post or the institution read instead."""
    for person in content["participants"]:
        yield person["name"], person["position"] or person["institution"]
        yield person["substitute"], person["substitute_position"] or person["institution"]
    for item in content.get("agenda", ()):
        for row in item["agreements"]:
            yield alone(row["responsible"]), row["position"] or row["institution"]
        yield alone(item["presenter"]), ""


def people_in(others: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    return ((alone(name), instead) for name, instead in others)


def alone(name: str) -> str:
    """A name without the post written after it; a unit or an acronym names nobody."""
    said = re.split(r"[,(;·–—/]", name, maxsplit=1)[0].strip()
    return said if looks_like_a_person(said) else ""


def looks_like_a_person(said: str) -> bool:
    """`Ana Mejía` does; `Coordinación técnica`, with its second word in small letters, does not."""
    words = [word for word in WORD.findall(said) if word.lower() not in PARTICLES]
    is_unit = folded(words[0]) in UNITS if words else True
    return not is_unit and not said.isupper() and all(not word[0].islower() for word in words)


#: What the name of an office begins with.
UNITS = frozenset(
    [
        "coordinacion",
        "direccion",
        "secretaria",
        "unidad",
        "gerencia",
        "subsecretaria",
        "departamento",
        "instituto",
        "mesa",
        "comision",
        "equipo",
        "presidencia",
        "ministerio",
        "consejo",
        "subgerencia",
        "subdireccion",
        "division",
    ]
)


def words_of(name: str) -> list[str]:
    return WORD.findall(folded(unicodedata.normalize("NFC", name)))


def without(known: Known, text: str) -> str:
    """The text with each run of enough words of a name replaced."""
    plain, pieces, kept = folded(text), [], 0
    for start, end in runs_of(known, plain):
        pieces += [text[kept:start], known.instead]
        kept = end
    return "".join([*pieces, text[kept:]])


def runs_of(known: Known, plain: str) -> Iterable[tuple[int, int]]:
    """Where words of a name stand together, enough of them to say who it is."""
    run: list[re.Match[str]] = []
    before = ""
    for word in WORD.finditer(plain):
        belongs = word[0] in known.words or (bool(run) and word[0] in PARTICLES)
        joined = bool(run) and BETWEEN.fullmatch(plain, run[-1].end(), word.start()) is not None
        if run and not (belongs and joined):
            yield from span_of(known, run, before)
            run = []
        if belongs and (run or word[0] in known.words):
            run.append(word)
        elif not run:
            before = word[0]
    yield from span_of(known, run, before)


def span_of(known: Known, run: list[re.Match[str]], before: str) -> Iterable[tuple[int, int]]:
    named = [word for word in run if word[0] in known.words]
    least = 1 if before in TITLES else known.least
    if len({word[0] for word in named}) >= least:
        yield named[0].start(), named[-1].end()
