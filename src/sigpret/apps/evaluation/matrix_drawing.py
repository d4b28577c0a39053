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
from sigpret.web.charts.columns import (
    CARD,
    HALF_CARD,
    Box,
    beside,
    curve,
    left_of,
    spread,
    stack,
    text_lines,
    thickness,
)
from sigpret.web.charts.svg import Svg, element, words
from sigpret.web.formats import format_number, format_percent
from sigpret.web.statuses import look_of

WIDTH = 1040
GOAL_HEIGHT, PRODUCT_HEIGHT = 112, 76
PRESIDENTIAL, SECTORAL, INSTITUTIONAL, PRODUCTS = map(left_of, range(4))
LETTERS, LINES = 26, 2
PAD = 11


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
            self.places, PRODUCTS, PRODUCT_HEIGHT, [p.facts.code for p in chain.products]
        )
        relied = {
            card.code: [p.facts.code for p in chain.products if p.goals[:1] == (card.code,)]
            for card in chain.institutional
        }
        low = self.column(INSTITUTIONAL, [card.code for card in chain.institutional], relied)
        served: dict[str, list[str]] = {}
        for tie in chain.ties:
            served.setdefault(tie.parent, []).append(tie.child)
        ordered = by_parent(chain.sectoral, chain.ties)
        tallest = max(bottom, low)
        middle = spread(self.places, SECTORAL, GOAL_HEIGHT, ordered, tallest)
        top = self.column(PRESIDENTIAL, [card.code for card in chain.presidential], served)
        return max(bottom, low, middle, top, GOAL_HEIGHT) + 2

    def column(self, x: float, codes: Sequence[str], below: Mapping[str, Sequence[str]]) -> float:
        """Each card at the middle of what it receives."""
        return beside(self.places, x, GOAL_HEIGHT, codes, below)

    def tie(self, tie: ChainTie) -> tuple[Svg, Svg]:
        """The line, and its weight as a link that opens it."""
        parent, child = self.places.get(tie.parent), self.places.get(tie.child)
        if parent is None or child is None:
            return Svg(""), Svg("")
        is_on = (tie.child, tie.parent) == self.selected
        css = "tie selected" if is_on else ("tie wrong" if tie.is_wrong else "tie")
        path = element(
            "path", d=curve(parent, child), class_=css, stroke_width=thickness(tie.weight)
        )
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
        lines = text_lines(box.x + PAD, box.y + 38, clipped(card.text), "mc-text", step=16)
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
            found += figure(_("Aportado"), card.standing.contributed, box.x + HALF_CARD + 10, y)
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
            *text_lines(
                box.x + PAD, box.y + 35, clipped(facts.name, 28), "mc-text small", step=15
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


def by_parent(cards: Sequence[ChainCard], ties: Sequence[ChainTie]) -> list[str]:
    """Those that serve the same goal together, so that lines cross less."""
    first = {tie.child: tie.parent for tie in reversed(ties)}
    return sorted((card.code for card in cards), key=lambda code: (first.get(code, "~"), code))


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
