"""The act of a closing: checklist, exceptions, fingerprint and the two who confirm, as PDF/A."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sigpret.documents.pdf import compile_pdf

RECIPE = (
    "SHA-256 de los resultados congelados del trimestre. Cualquiera puede calcularla otra vez con "
    "el archivo publicado y «./sigpret methodology», sin entrar al sistema."
)
DRAFT = "BORRADOR: el trimestre todavía no se ha cerrado. Este documento no tiene efecto."


@dataclass(frozen=True, slots=True)
class ActCount:
    """A number of the summary and what it counts (`1,548`, `datos validados`)."""

    number: str
    label: str


@dataclass(frozen=True, slots=True)
class ActCheck:
    """A line of the checklist: what was checked, how it stood, the word, and whether it is met."""

    text: str
    detail: str
    outcome: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class ActException:
    """An institution that does not report, why, who allowed it, until when, and as what it stays.

    Empty texts are printed as a dash.
    """

    institution: str
    reason: str
    authorised_by: str
    until: str
    closes_as: str


@dataclass(frozen=True, slots=True)
class ActSigner:
    """One of the two who confirm; `confirmed_at` in words, or what is still missing."""

    name: str
    post: str
    confirmed_at: str


@dataclass(frozen=True, slots=True)
class ClosingAct:
    """The whole act. Dates, numbers and the period are in words.

    `edition` is 1 the first time and grows with every reopening; `note` is what whoever closed
    wrote, or why it had been reopened. `digest` and `chain_head` are hexadecimal; the draft made
    before closing carries what it would be, with `is_draft`.
    """

    period: str
    edition: int
    closed_at: str
    summary: str
    counts: tuple[ActCount, ...]
    checks: tuple[ActCheck, ...]
    exceptions: tuple[ActException, ...]
    digest: str
    signers: tuple[ActSigner, ...]
    chain_head: str = ""
    note: str = ""
    recipe: str = RECIPE
    is_draft: bool = False
    is_demo: bool = False


def closing_act_pdf(act: ClosingAct, *, written_at: datetime) -> bytes:
    """The act as tagged PDF/A-3a. `written_at` (aware) is the moment of the closing; with the same
    act and moment the bytes are the same."""
    edition = f" · edición {act.edition}" if act.edition > 1 else ""
    data = {
        "kind": "Acta de cierre",
        "title": f"Acta de cierre del {act.period}{edition}",
        "corner": [act.closed_at],
        "footer": f"Acta de cierre del {act.period}{edition} · huella {act.digest[:12]}",
        "is_demo": act.is_demo,
        "notice": DRAFT if act.is_draft else "",
        "summary": act.summary,
        "counts": [[count.number, count.label] for count in act.counts],
        "checks": [[row.text, row.detail, row.outcome, row.is_met] for row in act.checks],
        "exceptions": [
            [
                said or "—"
                for said in (
                    row.institution,
                    row.reason,
                    row.authorised_by,
                    row.until,
                    row.closes_as,
                )
            ]
            for row in act.exceptions
        ],
        "digest": act.digest,
        "recipe": act.recipe,
        "chain_head": act.chain_head,
        "note": act.note,
        "signers": [[row.name, row.post, row.confirmed_at] for row in act.signers],
    }
    return compile_pdf("closing_act.typ", data, written_at=written_at)
