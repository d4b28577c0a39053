"""The agenda that goes with a convocation, as one page of PDF/A."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sigpret.documents.pdf import compile_pdf


@dataclass(frozen=True, slots=True)
class AgendaTopic:
    """One topic as it is printed; `minutes` in words (`25 min`), `about` why it is discussed."""

    title: str
    presenter: str
    minutes: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class MeetingAgenda:
    """What people read before they come. `facts` are pairs (`Fecha`, `jueves 29 de octubre…`)."""

    title: str
    mesa: str
    facts: tuple[tuple[str, str], ...]
    topics: tuple[AgendaTopic, ...]
    themes: str = ""
    early_reason: str = ""
    is_demo: bool = False


def agenda_pdf(agenda: MeetingAgenda, *, written_at: datetime) -> bytes:
    """The agenda as tagged PDF/A-3a; the same agenda and moment give the same bytes."""
    data = {
        "kind": "Agenda básica",
        "title": agenda.title,
        "corner": [agenda.mesa],
        "footer": f"{agenda.mesa} · {agenda.title}",
        "is_demo": agenda.is_demo,
        "facts": [list(pair) for pair in agenda.facts if pair[1]],
        "rows": [
            [str(number), topic.title, topic.about, topic.presenter, topic.minutes]
            for number, topic in enumerate(agenda.topics, 1)
        ],
        "themes": agenda.themes,
        "early_reason": agenda.early_reason,
    }
    return compile_pdf("agenda.typ", data, written_at=written_at)
