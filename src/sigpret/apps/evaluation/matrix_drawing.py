"""The chain of a sector, drawn: four columns of cards, and a line as thick as each weight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import wrap

from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.evaluation.queries.matrix_chain import (
    ChainCard,
    ChainTie,
    MatrixChain,
    ProductCard,
)
from sigpret.web.charts import ChartTable
from sigpret.web.charts.svg import Svg, element, words
from sigpret.web.formats import format_number, format_percent
from sigpret.web.statuses import look_of

WIDTH, CARD, GAP = 1040, 194, 88
GOAL_HEIGHT, PRODUCT_HEIGHT, SPACE = 112, 76, 16
COLUMNS = tuple(index * (CARD + GAP) for index in range(4))
LETTERS, LINES = 26, 2
PAD = 11


@dataclass(frozen=True, slots=True)
class Box:
    """Where a card stands."""

    x: float
    y: float
    height: float

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True)
class ChainDrawing:
    """`selected` is the (child, parent) of the chosen link; every card and weight is a link."""

    chain: MatrixChain
    selected: tuple[str, str] = ("", "")
    places: dict[str, Box] = field(default_factory=dict)

    def svg(self) -> str:
        height = self.lay_out()
        ties = [self.tie(tie) for tie in self.chain.ties]
        lines = [line for line, _label in ties]
        labels = [label for _line, label in ties]
        products = self.product_lines()
        cards = [self.card(card) for card in self.goals if card.code in self.places]
        drawn = [self.product(card) for card in self.chain.products]
        label = _("Cadena del sector %(sector)s") % {"sector": self.chain.sector.name}
        return element(
            "svg",
            *lines,
            *products,
            *cards,
            *drawn,
            *labels,
            class_="chart fluid matrix-chain",
            viewBox=f"0 0 {WIDTH} {height:.0f}",
            role="group",
            aria_label=label,
        )

    @property
    def goals(self) -> tuple[ChainCard, ...]:
        chain = self.chain
        return (*chain.presidential, *chain.sectoral, *chain.institutional)

    def lay_out(self) -> float:
        """Place every card, children before their parents; the height of it all."""
        chain = self.chain
        bottom = stack(
            self.places, COLUMNS[3], PRODUCT_HEIGHT, [p.facts.code for p in chain.products]
        )
        relied = {
            card.code: [p.facts.code for p in chain.products if p.goals[:1] == (card.code,)]
            for card in chain.institutional
        }
        low = self.column(COLUMNS[2], [card.code for card in chain.institutional], relied)
        served: dict[str, list[str]] = {}
        for tie in chain.ties:
            served.setdefault(tie.parent, []).append(tie.child)
        ordered = by_parent(chain.sectoral, chain.ties)
        tallest = max(bottom, low)
        middle = spread(self.places, COLUMNS[1], ordered, tallest)
        top = self.column(COLUMNS[0], [card.code for card in chain.presidential], served)
        return max(bottom, low, middle, top, GOAL_HEIGHT) + 2

    def column(self, x: float, codes: Sequence[str], below: Mapping[str, Sequence[str]]) -> float:
        """Each card at the middle of what it receives, never over the one before it."""

        def wanted(code: str) -> float:
            places = [self.places[one].middle for one in below.get(code, ()) if one in self.places]
            return sum(places) / len(places) if places else 0.0

        y = 0.0
        for code in sorted(codes, key=lambda one: (wanted(one), one)):
            y = max(y, wanted(code) - GOAL_HEIGHT / 2)
            self.places[code] = Box(x, y, GOAL_HEIGHT)
            y += GOAL_HEIGHT + SPACE
        return y

    def tie(self, tie: ChainTie) -> tuple[Svg, Svg]:
        """The line, and its weight as a link that opens it."""
        parent, child = self.places.get(tie.parent), self.places.get(tie.child)
        if parent is None or child is None:
            return Svg(""), Svg("")
        is_on = (tie.child, tie.parent) == self.selected
        css = "tie selected" if is_on else ("tie wrong" if tie.is_wrong else "tie")
        width = 1.5 + 5.5 * min(float(tie.weight), 100.0) / 100
        path = element("path", d=curve(parent, child), class_=css, stroke_width=width)
        x, y = child.x - 33, child.middle
        weight = format_percent(tie.weight)
        says = _("%(child)s contribuye a %(parent)s: %(weight)s, %(rule)s") % {
            "child": tie.child, "parent": tie.parent, "weight": weight, "rule": tie.rule_words,
        }  # fmt: skip
        label = element(
            "a",
            element("rect", x=x - 29, y=y - 16, width=58, height=32, rx=5, class_="tie-box"),
            words(x, y - 2, weight, "tie-weight", text_anchor="middle"),
            words(x, y + 11, short_rule(tie.rule), "tie-rule", text_anchor="middle"),
            href=self.address(vinculo=f"{tie.child}>{tie.parent}"),
            aria_label=says,
            class_="tie-label selected" if is_on else "tie-label",
        )
        return path, label

    def card(self, card: ChainCard) -> Svg:
        box = self.places[card.code]
        css = "mc-card"
        css += " open" if card.code == self.chain.focus else ""
        lines = [
            words(box.x + PAD, box.y + 38 + 16 * number, line, "mc-text")
            for number, line in enumerate(clipped(card.text))
        ]
        is_marked = bool(card.problems or card.is_inconsistent)
        css += " attend" if is_marked else ""
        has_owner = card.institution and not is_marked
        owner = f"{card.code} · {card.institution}" if has_owner else card.code
        parts = [
            element(
                "rect", x=box.x + 0.5, y=box.y + 0.5, width=CARD - 1, height=box.height - 1, rx=5,
                class_="mc-box",
            ),
            words(box.x + PAD, box.y + 19, owner[:24], "mc-code"),
            *lines,
            *self.mark(card, box),
            *self.figures(card, box),
        ]  # fmt: skip
        return element(
            "a",
            element("title", card.text),
            *parts,
            href=self.address(meta=card.code),
            class_=css,
            aria_label=self.said(card),
        )

    def mark(self, card: ChainCard, box: Box) -> list[Svg]:
        """What is wrong with the goal, in a word, at the corner."""
        if not card.problems and not card.is_inconsistent:
            return []
        text = _("Inconsistente") if card.is_inconsistent else _("Por atender")
        x = box.x + CARD - PAD
        return [words(x, box.y + 19, f"▲ {text}", "mc-mark", text_anchor="end")]

    def figures(self, card: ChainCard, box: Box) -> list[Svg]:
        """Measured beside contributed; a line between them and the text."""
        y = box.y + box.height - 32
        rule = element(
            "line", x1=box.x + PAD, x2=box.x + CARD - PAD, y1=y - 9, y2=y - 9, class_="mc-rule"
        )
        if card.is_reserved:
            return [rule, words(box.x + PAD, y + 12, _("cifras reservadas"), "mc-label")]
        if card.standing is None:
            return [rule, words(box.x + PAD, y + 12, _("aún sin cifras"), "mc-label")]
        found = [rule, *figure(_("Medido"), card.standing.own, box.x + PAD, y)]
        if card.level != "institutional":
            found += figure(_("Aportado"), card.standing.contributed, box.x + CARD / 2 + 10, y)
        return found

    def said(self, card: ChainCard) -> str:
        """The card in words, for who does not see it."""
        told = [f"{card.code} {card.text}"]
        if card.standing is not None:
            told.append(_("medido %(value)s") % {"value": format_percent(card.standing.own.value)})
            if card.level != "institutional":
                given = format_percent(card.standing.contributed.value)
                told.append(_("aportado %(value)s") % {"value": given})
        return ". ".join((", ".join(told), *card.problems))

    def product(self, card: ProductCard) -> Svg:
        box, facts = self.places[card.facts.code], card.facts
        institution, _year, objective, number = facts.code.split(".")
        return element(
            "g",
            element(
                "rect", x=box.x + 0.5, y=box.y + 0.5, width=CARD - 1, height=box.height - 1, rx=5,
                class_="mc-box product",
            ),
            words(box.x + PAD, box.y + 18, f"{objective}.{number} · {institution}", "mc-code"),
            *(
                words(box.x + PAD, box.y + 35 + 15 * line, text, "mc-text small")
                for line, text in enumerate(clipped(facts.name, 28))
            ),
            words(box.x + PAD, box.y + 67, progress(card), "mc-label"),
        )  # fmt: skip

    def product_lines(self) -> list[Svg]:
        return [
            element(
                "path",
                d=curve(self.places[code], self.places[card.facts.code]),
                class_="tie product",
                stroke_width=2,
            )
            for card in self.chain.products
            for code in card.goals
            if code in self.places
        ]

    def address(self, **asked: str) -> str:
        """The same screen with another card or link chosen."""
        query = "&".join(
            f"{key}={value.replace('>', '%3E')}"
            for key, value in {
                "sector": self.chain.sector.code, "meta": self.chain.focus, **asked
            }.items()
        )  # fmt: skip
        return f"{reverse('evaluation:chain')}?{query}#h-chain"

    def table(self) -> ChartTable:
        """Every link with the figures of both ends."""
        cards = {card.code: card for card in self.goals}
        return ChartTable(
            _("Vínculos del sector %(sector)s") % {"sector": self.chain.sector.name},
            (_("Meta"), _("Contribuye a"), _("Peso"), _("Regla"), _("Medido"), _("Aportado")),
            tuple(
                (
                    named(cards.get(tie.child), tie.child),
                    named(cards.get(tie.parent), tie.parent),
                    format_percent(tie.weight),
                    tie.rule_words,
                    *numbers(cards.get(tie.child)),
                )
                for tie in self.chain.ties
            ),
        )


def stack(places: dict[str, Box], x: float, height: float, codes: Sequence[str]) -> float:
    for number, code in enumerate(codes):
        places[code] = Box(x, number * (height + SPACE), height)
    return len(codes) * (height + SPACE)


def spread(places: dict[str, Box], x: float, codes: Sequence[str], tallest: float) -> float:
    """The cards over the whole height, when there is more than they need."""
    step = max(GOAL_HEIGHT + SPACE, tallest / max(len(codes), 1))
    for number, code in enumerate(codes):
        places[code] = Box(x, number * step, GOAL_HEIGHT)
    return len(codes) * (GOAL_HEIGHT + SPACE)


def by_parent(cards: Sequence[ChainCard], ties: Sequence[ChainTie]) -> list[str]:
    """Those that serve the same goal together, so that lines cross less."""
    first = {tie.child: tie.parent for tie in reversed(ties)}
    return sorted((card.code for card in cards), key=lambda code: (first.get(code, "~"), code))


def curve(left: Box, right: Box) -> str:
    start, end = left.x + CARD, right.x - 2
    bend = start + (end - start) * 0.45
    return (
        f"M{start:.1f} {left.middle:.1f}C{bend:.1f} {left.middle:.1f} "
        f"{start + 4:.1f} {right.middle:.1f} {end - 40:.1f} {right.middle:.1f}"
        f"L{end:.1f} {right.middle:.1f}"
    )


def figure(label: str, reading: object, x: float, y: float) -> list[Svg]:
    value, status = getattr(reading, "value", None), getattr(reading, "status", None)
    look = look_of(status)
    shape = element(
        "g",
        Svg(look.shape),
        class_=f"glyph {look.css}",
        transform=f"translate({x:.1f} {y + 10:.1f}) scale(.82)",
    )
    shown = format_percent(value) if value is not None else str(look.word)
    return [
        words(x, y + 4, label, "mc-label"),
        shape,
        words(x + 18, y + 21, shown, f"mc-figure {look.css}"),
    ]


def clipped(text: str, letters: int = LETTERS) -> list[str]:
    """The text in as many lines as fit; what does not fit ends in an ellipsis."""
    lines = wrap(text, letters)
    if len(lines) <= LINES:
        return lines
    return [*lines[: LINES - 1], lines[LINES - 1][: letters - 1].rstrip() + "…"]


def progress(card: ProductCard) -> str:
    facts = card.facts
    if facts.planned is None:
        return _("no vence este trimestre")
    if facts.executed is None:
        return _("sin dato · programado %(planned)s") % {"planned": format_number(facts.planned)}
    return _("%(done)s de %(planned)s %(unit)s") % {
        "done": format_number(facts.executed),
        "planned": format_number(facts.planned),
        "unit": facts.unit.lower()[:14],
    }


def short_rule(rule: str) -> str:
    return {
        "sum": _("suma"), "mean": _("simple"), "weighted": _("ponderado"),
        "pooled_ratio": _("agrupado"), "maximum": _("máximo"), "minimum": _("mínimo"),
        "latest": _("último"), "none": _("no suma"),
    }.get(rule, rule)  # fmt: skip


def named(card: ChainCard | None, code: str) -> str:
    return f"{code} {card.text}" if card else code


def numbers(card: ChainCard | None) -> tuple[str, str]:
    if card is None or card.standing is None:
        return "—", "—"
    own, given = card.standing.own.value, card.standing.contributed.value
    return format_percent(own), format_percent(given) if card.level != "institutional" else "—"


def drawn(chain: MatrixChain, selected: tuple[str, str]) -> ChainDrawing:
    """The drawing with a link chosen: (child, parent)."""
    return ChainDrawing(chain, selected)
