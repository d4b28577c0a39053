"""Which column of a file of execution is which: the fields there are, and how they are called."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence

#: The segments of a budget key, in SIAFI's order (SEFIN, OCDS HN.SIAFI2).
SEGMENTS = (
    "year", "institution", "administrative_unit", "executing_unit", "program", "subprogram",
    "project", "activity", "source", "body", "object", "beneficiary",
)  # fmt: skip
KEY, PERIOD = "key", "period"
AMOUNTS = (
    "approved", "modifications", "current", "committed", "accrued", "paid", "planned", "balance",
)  # fmt: skip
FIELDS = (KEY, *SEGMENTS, PERIOD, *AMOUNTS)
#: Without these a row says nothing: what there was to spend and what was spent.
REQUIRED_AMOUNTS = ("approved", "accrued")

#: How the columns are called in files that were seen; more specific names first.
NAMES: Mapping[str, tuple[str, ...]] = {
    "key": ("clave presupuestaria", "clave", "estructura presupuestaria", "llave"),
    "year": ("gestion", "ejercicio", "ano", "ejercicio fiscal"),
    "institution": ("institucion", "inst", "codigo institucion"),
    "administrative_unit": ("gerencia administrativa", "gerencia", "ga"),
    "executing_unit": ("unidad ejecutora", "ue"),
    "program": ("programa", "prog", "pg"),
    "subprogram": ("subprograma", "subprog", "spg", "sub programa"),
    "project": ("proyecto", "proy", "py"),
    "activity": ("actividad obra", "actividad", "act obra", "act", "ao", "a o"),
    "source": ("fuente de financiamiento", "fuente", "fte", "ff"),
    "body": ("organismo financiador", "organismo", "org"),
    "object": ("objeto del gasto", "objeto", "obj"),
    "beneficiary": ("beneficiario de la transferencia", "beneficiario", "trf ben", "ben", "trf"),
    "period": ("periodo", "mes", "trimestre"),
    "approved": ("aprobado", "presupuesto aprobado", "monto aprobado", "inicial"),
    "modifications": ("modificaciones", "modificado", "modificacion", "modif"),
    "current": ("vigente", "presupuesto vigente", "monto vigente"),
    "committed": ("comprometido", "compromiso", "comp"),
    "accrued": ("devengado", "ejecutado", "dev", "monto devengado"),
    "paid": ("pagado", "pag"),
    "planned": ("cuota programada", "cuota", "programado"),
    "balance": ("saldo", "saldo disponible", "disponible"),
}
FIELD_OF = {name: field for field, names in NAMES.items() for name in names}


def plain(text: str) -> str:
    """`Gerencia  Administrativa (GA)` and `gerencia administrativa ga` are one name."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(one for one in decomposed if not unicodedata.combining(one))
    return " ".join(re.findall(r"[a-z0-9]+", letters))


def propose(headers: Sequence[str]) -> dict[str, int]:
    """The field of each column that is recognised, by the place of the column from 0.

    The first column of a name wins: files repeat *descripción* columns beside each code.
    """
    found: dict[str, int] = {}
    for place, header in enumerate(headers):
        field = FIELD_OF.get(plain(header))
        if field is not None:
            found.setdefault(field, place)
    return found


def missing(mapping: Mapping[str, int]) -> tuple[str, ...]:
    """The fields without which the file cannot be read: the key, or all its segments, and the
    amounts that are required."""
    lacking = [field for field in REQUIRED_AMOUNTS if field not in mapping]
    if KEY not in mapping:
        segments = [field for field in SEGMENTS if field not in mapping]
        lacking = ([KEY] if len(segments) == len(SEGMENTS) else segments) + lacking
    return tuple(lacking)


def headers_digest(headers: Sequence[str]) -> str:
    """The same set of headers has the same digest, however it is accented or spaced."""
    return hashlib.sha256("\n".join(map(plain, headers)).encode()).hexdigest()
