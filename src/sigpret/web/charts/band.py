"""Who is really different? Peers by size against the variation that chance alone explains."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from sigpret.web.charts.svg import (
    ChartTable,
    Scale,
    Svg,
    element,
    join,
    nice_ticks,
    points,
    root,
    words,
)
from sigpret.web.charts.wording import list_said
from sigpret.web.formats import format_number

WIDTH, HEIGHT = 524, 240
LEFT, RIGHT, TOP, BOTTOM = 34, 508, 16, 196


@dataclass(frozen=True, slots=True)
class Peer:
    """An institution: how many products fell due and what it obtained (0-100)."""

    label: str
    size: int
    score: Decimal
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class BandPoint:
    """Between which scores chance alone may leave an institution of this size."""

    size: int
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class BandChart:
    """Peers, band and median. Never a rank: inside the band the order means nothing."""

    peers: tuple[Peer, ...]
    band: tuple[BandPoint, ...]
    median: Decimal | None
    size_words: str = ""

    def svg(self) -> str:
        return root(
            self.label(),
            self._band(),
            self._median(),
            *(self._score_tick(tick) for tick in self._score_ticks()),
            *(self._size_tick(tick) for tick in self._size_ticks()),
            words((LEFT + RIGHT) / 2, HEIGHT - 6, self._size_words(), text_anchor="middle"),
            *(self._peer(peer) for peer in sorted(self.peers, key=lambda peer: peer.is_own)),
            view=(WIDTH, HEIGHT),
            css="wide-cap",
        )

    def table(self) -> ChartTable:
        rows = tuple(
            (peer.label, str(peer.size), format_number(peer.score, 1))
            for peer in sorted(self.peers, key=lambda peer: peer.label)
        )
        return ChartTable(
            _("Instituciones comparables, en orden alfabético"),
            (_("Institución"), self._size_words().capitalize(), _("Puntaje")),
            rows,
        )

    def label(self) -> str:
        spoken = [f"{peer.label} {format_number(peer.score, 1)}" for peer in self.peers]
        return _("Puntaje según el tamaño, con la variación esperable: %(peers)s") % {
            "peers": list_said(spoken)
        }

    def _size_words(self) -> str:
        return self.size_words or _("productos que vencen en el trimestre")

    def _size_ticks(self) -> tuple[float, ...]:
        sizes = [float(p.size) for p in self.peers] + [float(p.size) for p in self.band]
        return nice_ticks(min(sizes, default=0.0), max(sizes, default=1.0))

    def _score_ticks(self) -> tuple[float, ...]:
        scores = [float(p.score) for p in self.peers] + [float(p.low) for p in self.band]
        return tuple(t for t in nice_ticks(min(scores, default=0.0), 100.0, 5) if t <= 100)

    def _x(self, size: float) -> float:
        ticks = self._size_ticks()
        return Scale(ticks[0], ticks[-1], LEFT, RIGHT)(size)

    def _y(self, score: float) -> float:
        return Scale(self._score_ticks()[0], 100, BOTTOM, TOP)(score)

    def _band(self) -> Svg:
        if not self.band:
            return Svg("")
        upper = [(self._x(p.size), self._y(float(p.high))) for p in self.band]
        lower = [(self._x(p.size), self._y(float(p.low))) for p in reversed(self.band)]
        return element("polygon", points=points(upper + lower), class_="c-band")

    def _median(self) -> Svg:
        if self.median is None:
            return Svg("")
        y = self._y(float(self.median))
        note = _("mediana del grupo %(value)s") % {"value": format_number(self.median, 1)}
        return join(
            element("path", d=f"M{LEFT} {y:.1f}H{RIGHT}", class_="c-median"),
            words(RIGHT - 4, y + 14, note, "brand", text_anchor="end"),
        )

    def _score_tick(self, tick: float) -> Svg:
        return words(LEFT - 6, self._y(tick) + 4, format_number(tick), "axis", text_anchor="end")

    def _size_tick(self, tick: float) -> Svg:
        return words(self._x(tick), BOTTOM + 18, format_number(tick), "axis", text_anchor="middle")

    def _peer(self, peer: Peer) -> Svg:
        x, y = self._x(peer.size), self._y(float(peer.score))
        turned = x > WIDTH * 0.72
        where = x - 9 if turned else x + 9
        anchor = "end" if turned else "start"
        if peer.is_own:
            spoken = f"{peer.label} {format_number(peer.score, 1)}"
            return join(
                element("circle", cx=x, cy=y, r=6, class_="c-own"),
                words(where, y - 9, spoken, "plan-value plated", text_anchor=anchor),
            )
        return join(
            element("circle", cx=x, cy=y, r=4.5, class_="c-peer"),
            words(where, y + 4, peer.label, "peer", text_anchor=anchor),
        )
