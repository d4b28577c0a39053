"""The proof that somebody agreed with the minutes of a session, as one page of PDF/A."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sigpret.documents.pdf import compile_pdf


@dataclass(frozen=True, slots=True)
class ConformityProof:
    """Who agreed with which text, and when. Moments are in words
    (`viernes 23 de octubre de 2026, 7:42 a. m.`).

    `mine` are the agreements in this person's name: number, text and until when. `digest` is of
    the text, `verified_at` the public address where it can be checked once it went out.
    """

    mesa: str
    code: str
    version: int
    name: str
    post: str
    institution: str
    session: str
    agreed_at: str
    digest: str
    verified_at: str
    mine: tuple[tuple[str, str, str], ...] = ()
    is_final: bool = False
    is_demo: bool = False


def conformity_pdf(proof: ConformityProof, *, written_at: datetime) -> bytes:
    """The proof as tagged PDF/A-3a. `written_at` (aware) is when the person agreed: the same proof
    and moment give the same bytes, so it need not be stored."""
    pairs = [
        ["Quién", ", ".join(part for part in (proof.name, proof.post) if part)],
        ["Institución", proof.institution],
        ["Ayuda memoria", f"N.º {proof.code}, versión {proof.version}"],
        ["Sesión", proof.session],
        ["Conforme", proof.agreed_at],
    ]
    data = {
        "kind": "Constancia de conformidad",
        "title": f"Constancia de conformidad con la ayuda memoria n.º {proof.code}",
        "corner": [proof.mesa, proof.agreed_at],
        "footer": f"{proof.mesa} · Ayuda memoria n.º {proof.code}, versión {proof.version}",
        "is_demo": proof.is_demo,
        "facts": [pair for pair in pairs if pair[1]],
        "rows": [list(row) for row in proof.mine],
        "digest": proof.digest,
        "verify": verification(proof),
    }
    return compile_pdf("conformity.typ", data, written_at=written_at)


def verification(proof: ConformityProof) -> str:
    """How anybody can check it, and from when."""
    if proof.is_final:
        return f"Compruébela en {proof.verified_at}"
    return (
        "Podrá comprobarse desde el día en que la ayuda memoria se distribuya en "
        f"{proof.verified_at}. Si antes el texto cambia, ahí se dirá que es el de una versión "
        "anterior."
    )
