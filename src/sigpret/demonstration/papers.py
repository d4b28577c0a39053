"""The handful of files the demonstration shows as proof: invented sheets and drawn pictures."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import typst
from PIL import Image, ImageDraw

from sigpret.demonstration.texts import read

SHEET = Path(__file__).with_name("texts") / "proof.typ"
PDF, CSV, JPEG, PNG = "application/pdf", "text/csv", "image/jpeg", "image/png"
PLACES = (
    "Cerro Alto", "El Guanacaste", "La Ceibita", "Los Pinares", "Ojo de Agua", "Puerto Claro",
    "Quebrada Honda", "Río Blanco", "San Marquitos", "Santa Elenita", "Valle Verde",
    "Vista Hermosa",
)  # fmt: skip
GROUND = (
    "Ley de Transparencia y Acceso a la Información Pública (Decreto 170-2006), artículo 24: "
    "contiene datos personales."
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A file with its name and the quarter it was brought for; `ground`: why it is reserved."""

    name: str
    media_type: str
    pages: int | None
    period: str
    data: bytes
    ground: str = ""


def invented_papers() -> Iterator[Paper]:
    """The same files, byte by byte, every time: four used once by each report come first."""
    now, before = "2026-Q3", "2026-Q2"
    yield Paper("Lista de asistencia III trim.pdf", PDF, 2, now, sheet(attendance(now)))
    yield Paper("Inventario por sede III trim.pdf", PDF, 1, now, sheet(inventory(now)))
    yield Paper("Foto de la entrega.jpg", JPEG, 1, now, delivery())
    yield Paper("Base de beneficiarios.csv", CSV, None, now, beneficiaries(), GROUND)
    yield Paper("Acta de recepción III trim.pdf", PDF, 1, now, sheet(reception(now)))
    yield Paper("Foto de la obra.png", PNG, 1, now, building())
    yield Paper("Lista de asistencia II trim.pdf", PDF, 2, before, sheet(attendance(before)))
    yield Paper("Acta de recepción II trim.pdf", PDF, 1, before, sheet(reception(before)))


def sheet(data: dict[str, Any]) -> bytes:
    told = json.dumps(data, ensure_ascii=False)
    return bytes(
        typst.compile(
            str(SHEET),
            root=str(SHEET.parent),
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=True),
            format="pdf",
            sys_inputs={"data": told},
        )
    )


def attendance(period: str) -> dict[str, Any]:
    """Two pages of people who do not exist."""
    given, family = ([row["name"] for row in read("names") if row["part"] == part]
                     for part in ("given", "family"))  # fmt: skip
    rows = [
        [
            str(number),
            f"{given[number % len(given)]} {family[number * 7 % len(family)]}",
            PLACES[number * 5 % len(PLACES)],
            "Sí",
        ]
        for number in range(1, 45)
    ]
    return {
        "unit": "Unidad de Capacitación",
        "title": "Lista de asistencia",
        "subtitle": f"Jornada de capacitación · {words(period)} · sala de reuniones",
        "paragraphs": ["Las personas que firman asistieron a la jornada completa de ocho horas."],
        "widths": [1, 8, 5, 3],
        "right": [0],
        "head": ["N.º", "Nombre", "Lugar", "Firmó"],
        "rows": rows,
        "signatures": ["Quien facilita", "Unidad de planificación"],
    }


def inventory(period: str) -> dict[str, Any]:
    counts = [(112, 112 - (number * 37) % 41) for number in range(len(PLACES))]
    rows = [
        [place, str(total), str(there), f"{there * 100 // total} %"]
        for place, (total, there) in zip(PLACES, counts, strict=True)
    ]
    return {
        "unit": "Unidad de Logística",
        "title": "Inventario al cierre del trimestre",
        "subtitle": f"Renglones disponibles por sede · {words(period)}",
        "paragraphs": ["Conteo físico hecho por dos personas en cada sede."],
        "widths": [6, 3, 3, 2],
        "right": [1, 2, 3],
        "head": ["Sede", "Renglones", "Disponibles", "%"],
        "rows": rows,
        "signatures": ["Encargada de bodega", "Auditoría interna"],
    }


def reception(period: str) -> dict[str, Any]:
    items = ("Informe técnico", "Manual de procesos", "Memoria del taller", "Base de datos")
    rows = [[str(n), item, "1", "Recibido"] for n, item in enumerate(items, 1)]
    return {
        "unit": "Unidad de Planificación y Evaluación de la Gestión",
        "title": "Acta de recepción",
        "subtitle": f"Productos entregados en el {words(period)}",
        "paragraphs": [
            "Reunidas la unidad ejecutora y la de planificación, se reciben a satisfacción los "
            "productos que se detallan, conforme a los términos de referencia aprobados.",
            "Esta acta se levanta por duplicado y se adjunta al reporte trimestral.",
        ],
        "widths": [1, 8, 2, 4],
        "right": [0, 2],
        "head": ["N.º", "Producto", "Cantidad", "Situación"],
        "rows": rows,
        "signatures": ["Unidad ejecutora", "Unidad de planificación"],
    }


def words(period: str) -> str:
    """`III trimestre de 2026`."""
    return f"{'I' * int(period[-1])} trimestre de {period[:4]}"


def beneficiaries() -> bytes:
    lines = ("expediente,lugar,entregado", *(
        f"EXP-{number:04},{PLACES[number % len(PLACES)]},sí" for number in range(1, 81)
    ))  # fmt: skip
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def delivery() -> bytes:
    """Boxes on a table under a window, as a telephone would see them."""
    image, pen = canvas("#d8e4ea")
    pen.rectangle((0, 520, 1200, 800), fill="#8a6b4f")
    pen.rectangle((120, 60, 520, 380), fill="#a9d4ee", outline="#5f7480", width=14)
    for left, top in chain(((600 + 150 * n, 390) for n in range(3)), ((675, 260), (825, 260))):
        pen.rectangle(
            (left, top, left + 140, top + 130), fill="#c9a36a", outline="#7d5f37", width=4
        )
        pen.line((left, top + 40, left + 140, top + 40), fill="#7d5f37", width=4)
    return saved(image, "JPEG", quality=80)


def building() -> bytes:
    """A school half painted."""
    image, pen = canvas("#bfe0f2")
    pen.rectangle((0, 560, 1200, 800), fill="#7fa667")
    pen.rectangle((240, 300, 960, 620), fill="#f1ead8", outline="#8c8270", width=6)
    pen.rectangle((600, 300, 960, 620), fill="#3f7fa1", outline="#8c8270", width=6)
    pen.polygon(((200, 300), (600, 150), (1000, 300)), fill="#9c4a3c")
    for left in range(300, 900, 150):
        pen.rectangle((left, 400, left + 80, 500), fill="#ffffff", outline="#5f7480", width=5)
    return saved(image, "PNG")


def canvas(sky: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (1200, 800), sky)
    return image, ImageDraw.Draw(image)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    memory = io.BytesIO()
    image.save(memory, kind, **options)
    return memory.getvalue()
