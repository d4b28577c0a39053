"""The ayuda memoria as a document: archivable PDF with tags, and Word for whoever must edit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sigpret.documents.pdf import compile_pdf

RECIPE = (
    "SHA-256 del contenido de la ayuda memoria como JSON, con las claves en orden, sin espacios y "
    "en UTF-8. Es la misma huella que leyó cada persona al dar su conformidad."
)
DRAFT = "BORRADOR: el texto puede cambiar hasta que se distribuya. Este documento no tiene efecto."


@dataclass(frozen=True, slots=True)
class MinutesPerson:
    """A participant that day; `attendance` in words."""

    name: str
    position: str
    institution: str
    standing: str
    attendance: str


@dataclass(frozen=True, slots=True)
class MinutesAgreement:
    """An agreement; `due` in words, `linked` the goal and the theme, or empty."""

    number: str
    text: str
    result: str
    responsible: str
    due: str
    linked: str = ""
    supersedes: str = ""


@dataclass(frozen=True, slots=True)
class MinutesTopic:
    """A topic of the agenda with what was said and agreed under it."""

    number: int
    title: str
    detail: str
    notes: str
    agreements: tuple[MinutesAgreement, ...] = ()


@dataclass(frozen=True, slots=True)
class MinutesPrevious:
    """An agreement of an earlier meeting, as it stood when this one began."""

    number: str
    text: str
    institution: str
    due: str
    state: str


@dataclass(frozen=True, slots=True)
class MinutesSignature:
    """What somebody said of the text, with its moment in words."""

    name: str
    institution: str
    said: str


@dataclass(frozen=True, slots=True)
class MinutesPaper:
    """Everything the document says. `facts` are label and value; `verify_at` an address or empty.

    `digest` is hexadecimal. Not final: it says so and has no effect.
    """

    code: str
    mesa: str
    meeting: int
    version: int
    facts: tuple[tuple[str, str], ...]
    people: tuple[MinutesPerson, ...]
    opening: str
    topics: tuple[MinutesTopic, ...]
    previous: tuple[MinutesPrevious, ...]
    closing: str
    signatures: tuple[MinutesSignature, ...]
    digest: str
    verify_at: str = ""
    is_final: bool = False
    is_demo: bool = False

    @property
    def title(self) -> str:
        return f"Ayuda memoria n.º {self.code} de la mesa sectorial de {self.mesa}"


def minutes_pdf(paper: MinutesPaper, *, written_at: datetime) -> bytes:
    """The minutes as tagged PDF/A-3a. `written_at` (aware) is the moment it went out, or was
    drafted; with the same minutes and moment the bytes are the same."""
    data = {
        "kind": "Ayuda memoria de acuerdos",
        "title": paper.title,
        "corner": [f"Acta {paper.code}", f"Reunión n.º {paper.meeting}"],
        "footer": f"Ayuda memoria {paper.code} · {paper.mesa} · huella {paper.digest[:12]}",
        "is_demo": paper.is_demo,
        "notice": "" if paper.is_final else DRAFT,
        "facts": [list(fact) for fact in paper.facts],
        "people": [
            [person.name, person.position, person.institution, person.standing, person.attendance]
            for person in paper.people
        ],
        "opening": paragraphs(paper.opening),
        "topics": [topic_data(topic) for topic in paper.topics],
        "previous": [
            [row.number, row.text, row.institution, row.due, row.state] for row in paper.previous
        ],
        "closing": paragraphs(paper.closing),
        "signatures": [[row.name, row.institution, row.said] for row in paper.signatures],
        "digest": paper.digest,
        "recipe": RECIPE,
        "verify_at": paper.verify_at,
    }
    return compile_pdf("minutes.typ", data, written_at=written_at)


def topic_data(topic: MinutesTopic) -> dict[str, object]:
    return {
        "number": str(topic.number),
        "title": topic.title,
        "detail": topic.detail,
        "notes": paragraphs(topic.notes),
        "agreements": [
            [
                row.number,
                row.text,
                row.result or "—",
                row.responsible,
                row.due,
                " · ".join(part for part in (row.linked, row.supersedes) if part),
            ]
            for row in topic.agreements
        ],
    }


def paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
