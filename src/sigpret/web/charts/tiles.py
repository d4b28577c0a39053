"""Honduras as 18 equal squares: where it happens, without the big departments shouting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from sigpret.web.charts.svg import ChartTable, Svg, element, join, root, words
from sigpret.web.charts.wording import said, status_said
from sigpret.web.formats import as_decimal, format_number, format_percent
from sigpret.web.statuses import look_of

STEP_X, STEP_Y = 83, 67
TILE_WIDTH, TILE_HEIGHT = 78, 62
VIEW = (498, 335)


@dataclass(frozen=True, slots=True)
class Department:
    """A department: short letters and its place on the grid (column, row)."""

    name: str
    letters: str
    column: int
    row: int


# Keys are the official two-digit codes.
DEPARTMENTS: dict[str, Department] = {
    "11": Department("Islas de la Bahía", "IB", 3, 0),
    "05": Department("Cortés", "CR", 2, 1),
    "01": Department("Atlántida", "AT", 3, 1),
    "02": Department("Colón", "CL", 4, 1),
    "09": Department("Gracias a Dios", "GD", 5, 1),
    "04": Department("Copán", "CP", 0, 2),
    "16": Department("Santa Bárbara", "SB", 1, 2),
    "03": Department("Comayagua", "CM", 2, 2),
    "18": Department("Yoro", "YO", 3, 2),
    "15": Department("Olancho", "OL", 4, 2),
    "14": Department("Ocotepeque", "OC", 0, 3),
    "13": Department("Lempira", "LE", 1, 3),
    "10": Department("Intibucá", "IN", 2, 3),
    "12": Department("La Paz", "LP", 3, 3),
    "08": Department("Francisco Morazán", "FM", 4, 3),
    "07": Department("El Paraíso", "EP", 5, 3),
    "17": Department("Valle", "VA", 3, 4),
    "06": Department("Choluteca", "CH", 4, 4),
}


@dataclass(frozen=True, slots=True)
class TileDatum:
    """What was achieved and what was due in one department, with its status."""

    executed: Decimal | None
    planned: Decimal | None
    status: str


NO_DATUM = TileDatum(None, None, "not_reported")


@dataclass(frozen=True, slots=True)
class TileMap:
    """Departments without a datum are hatched, never left out and never green."""

    title: str
    data: Mapping[str, TileDatum]

    def svg(self) -> str:
        """Two drawings: counts on the wide one, percents in large letters on the narrow one."""
        return join(self._drawn("only-wide", narrow=False), self._drawn("only-narrow", narrow=True))

    def table(self) -> ChartTable:
        rows = tuple(
            (
                department.name,
                said(datum.executed, "", datum.status),
                said(datum.planned),
                _share(datum),
                status_said(datum.status),
            )
            for department, datum in sorted(self._pairs(), key=lambda pair: pair[0].name)
        )
        return ChartTable(
            self.title,
            (_("Departamento"), _("Van"), _("Meta"), _("Avance"), _("Estado")),
            rows,
        )

    def _pairs(self) -> list[tuple[Department, TileDatum]]:
        return [(place, self.data.get(code, NO_DATUM)) for code, place in DEPARTMENTS.items()]

    def _drawn(self, css: str, *, narrow: bool) -> Svg:
        label = _("%(title)s. Mapa esquemático por departamento; la tabla tiene los mismos datos.")
        return root(
            label % {"title": self.title},
            *(_tile(place, datum, narrow=narrow) for place, datum in self._pairs()),
            view=VIEW,
            css=f"{css} narrow" if narrow else css,
        )


def _share(datum: TileDatum) -> str:
    if datum.executed is None or not datum.planned:
        return said(None, "%", datum.status)
    return format_percent(as_decimal(100 * datum.executed / datum.planned), 0)


def _tile(place: Department, datum: TileDatum, *, narrow: bool) -> Svg:
    x, y = place.column * STEP_X, place.row * STEP_Y
    spoken = f"{place.name}: {said(datum.executed, '', datum.status)}"
    if datum.executed is not None and datum.planned is not None:
        spoken = _("%(name)s: %(done)s de %(planned)s") % {
            "name": place.name,
            "done": format_number(datum.executed),
            "planned": format_number(datum.planned),
        }
    look = look_of(datum.status)
    hatched = "url(#hatch)" if datum.status == "not_reported" else None
    glyph = element(
        "svg", Svg(look.shape), x=x + 55, y=y + 7, width=16, height=16, viewBox="0 0 16 16"
    )
    return element(
        "g",
        element("title", spoken),
        element(
            "rect",
            x=x,
            y=y,
            width=TILE_WIDTH,
            height=TILE_HEIGHT,
            rx=5,
            class_="c-hatch" if hatched else "c-fill",
            fill=hatched,
        ),
        words(x + 9, y + (24 if narrow else 20), place.letters, "t-code"),
        _tile_value(x + 9, y + (51 if narrow else 49), datum, narrow=narrow),
        _plate(x + 63, y + 15) if hatched else Svg(""),
        glyph,
        class_=f"c-tile {look.css}",
    )


def _plate(x: float, y: float) -> Svg:
    """Keeps the glyph readable over the hatch."""
    return element("circle", cx=x, cy=y, r=9, class_="c-plate")


def _tile_value(x: float, y: float, datum: TileDatum, *, narrow: bool) -> Svg:
    if datum.executed is None:
        return words(x, y, "—", "t-value")
    if narrow:
        return words(x, y, _share(datum), "t-value")
    rest = _(" de %(planned)s") % {"planned": format_number(datum.planned)}
    return element(
        "text",
        format_number(datum.executed),
        element("tspan", rest, class_="t-rest"),
        x=x,
        y=y,
        class_="t-value",
    )
