"""The formula of an indicator: variables, numbers, + - * / and parentheses. Nothing is executed.

The quarters of a computed indicator are pooled: numerators with numerators and denominators
with denominators, never the mean of their percentages (see `pooled`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple, Protocol

from sigpret.methodology.periods import Period
from sigpret.methodology.sentences import sentence as _
from sigpret.methodology.values import ZERO, plain, printed

ONE = Decimal(1)
LONGEST, DEEPEST, DIGITS = 500, 40, 20
PIECE = re.compile(r"\s*(?:([0-9]+(?:\.[0-9]+)?)|([A-Za-z_]\w*)|([-+*/()])|(\S))")
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
# As people write them in a sheet or a norm.
SIGNS = str.maketrans({"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "[": "(", "]": ")"})
ADDING, MULTIPLYING = ("+", "-"), ("*", "/")

Amounts = Mapping[str, Decimal]


class FormulaError(ValueError):
    """The formula cannot be read; the message is the sentence for whoever wrote it."""


class Node(Protocol):
    """A piece of a formula: a number, a variable, or two pieces and an operator."""

    @property
    def names(self) -> frozenset[str]: ...

    def evaluate(self, values: Amounts) -> Decimal | None: ...

    def divisions(self, values: Amounts) -> Iterator[tuple[Decimal | None, Decimal | None]]:
        """What stands above and below each division sign."""
        ...

    def written(self, words: Mapping[str, str]) -> tuple[str, int]:
        """The text and how tightly it holds together: 1 a sum, 2 a product, 3 one thing.

        `words` takes the place of the variables' names.
        """


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal

    @property
    def names(self) -> frozenset[str]:
        return frozenset()

    def evaluate(self, values: Amounts) -> Decimal | None:
        return self.value

    def divisions(self, values: Amounts) -> Iterator[tuple[Decimal | None, Decimal | None]]:
        return iter(())

    def written(self, words: Mapping[str, str]) -> tuple[str, int]:
        return plain(self.value), 3


@dataclass(frozen=True, slots=True)
class Variable:
    name: str

    @property
    def names(self) -> frozenset[str]:
        return frozenset((self.name,))

    def evaluate(self, values: Amounts) -> Decimal | None:
        return values.get(self.name)

    def divisions(self, values: Amounts) -> Iterator[tuple[Decimal | None, Decimal | None]]:
        return iter(())

    def written(self, words: Mapping[str, str]) -> tuple[str, int]:
        word = words.get(self.name, self.name)
        return word, 0 if word.startswith("-") else 3


@dataclass(frozen=True, slots=True)
class Operation:
    sign: str
    left: Node
    right: Node

    @property
    def names(self) -> frozenset[str]:
        return self.left.names | self.right.names

    def evaluate(self, values: Amounts) -> Decimal | None:
        left, right = self.left.evaluate(values), self.right.evaluate(values)
        if left is None or right is None:
            return None
        if self.sign == "+":
            return left + right
        if self.sign == "-":
            return left - right
        if self.sign == "*":
            return left * right
        return left / right if right else None

    def divisions(self, values: Amounts) -> Iterator[tuple[Decimal | None, Decimal | None]]:
        if self.sign == "/":
            yield self.left.evaluate(values), self.right.evaluate(values)
        yield from self.left.divisions(values)
        yield from self.right.divisions(values)

    def written(self, words: Mapping[str, str]) -> tuple[str, int]:
        holds = 1 if self.sign in ADDING else 2
        left, right = self.left.written(words), self.right.written(words)
        before = f"({left[0]})" if left[1] < holds else left[0]
        after = f"({right[0]})" if right[1] <= holds else right[0]
        return f"{before} {self.sign} {after}", holds


@dataclass(frozen=True)
class Formula:
    """A formula that was read. `str` writes it with the parentheses it needs and no others."""

    root: Node

    @cached_property
    def names(self) -> frozenset[str]:
        """The variables it asks for."""
        return self.root.names

    def evaluate(self, values: Amounts) -> Decimal | None:
        """Its value, raw. None when a variable is missing or something is divided by zero."""
        return self.root.evaluate(values)

    def has_no_denominator(self, values: Amounts) -> bool:
        """Is all of it there and nothing divided but 0 by 0? 0 of 0 is a report, 5 of 0 is not."""
        if not self.names <= values.keys() or self.evaluate(values) is not None:
            return False
        return all(above == 0 for above, below in self.root.divisions(values) if below == 0)

    def ratio(self) -> "tuple[Formula, Formula, Decimal] | None":
        """Numerator, denominator and the constant that multiplies them (100 in a percentage).

        None when it is not one amount over another: a plain count, or a sum of ratios.
        """
        above, below, factor = _factors(self.root, {}, is_above=True)
        if not below or not factor:
            return None
        return Formula(_product(above)), Formula(_product(below)), factor

    def written(self, words: Mapping[str, str]) -> str:
        """The formula with other words in the place of its names: numbers, or labels."""
        return self.root.written(words)[0]

    def __str__(self) -> str:
        return self.written({})


@lru_cache(maxsize=2048)
def parse(text: str) -> Formula:
    """The formula of a text such as `atendidos / inscritos * 100`. Raises FormulaError."""
    if len(text) > LONGEST:
        raise FormulaError(_("La fórmula pasa de 500 letras: escríbala más corta."))
    reader = _Reader(text.translate(SIGNS))
    root = reader.sum()
    reader.expect_end()
    return Formula(root)


class _Reader:
    """Reads a formula from left to right; each method takes what it names."""

    def __init__(self, text: str) -> None:
        self.pieces = [_piece(match) for match in PIECE.finditer(text)]
        self.place = self.depth = 0
        if not self.pieces:
            raise FormulaError(_("Escriba la fórmula: está vacía."))

    def next(self) -> str:
        return self.pieces[self.place] if self.place < len(self.pieces) else ""

    def take(self) -> str:
        self.place += 1
        return self.pieces[self.place - 1] if self.place <= len(self.pieces) else ""

    def sum(self) -> Node:
        node = self.product()
        while self.next() in ADDING:
            node = Operation(self.take(), node, self.product())
        return node

    def product(self) -> Node:
        node = self.one()
        while self.next() in MULTIPLYING:
            node = Operation(self.take(), node, self.one())
        return node

    def one(self) -> Node:
        piece = self.take()
        if piece == "(":
            return self.inside()
        if not piece:
            raise FormulaError(_("La fórmula termina antes de tiempo: falta un dato al final."))
        if piece[0].isdigit():
            return Number(Decimal(piece))
        if piece[0].isalpha():
            return Variable(piece)
        raise FormulaError(_("Antes de «%(piece)s» falta un dato.", piece=piece))

    def inside(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaError(_("La fórmula tiene demasiados paréntesis."))
        node = self.sum()
        self.depth -= 1
        if self.take() != ")":
            raise FormulaError(_("Falta cerrar un paréntesis."))
        return node

    def expect_end(self) -> None:
        left = self.next()
        if left == ")":
            raise FormulaError(_("Sobra un paréntesis que cierra."))
        if left:
            raise FormulaError(_("Antes de «%(left)s» falta un signo: + - * /.", left=left))


def _piece(match: re.Match[str]) -> str:
    number, name, sign, strange = match.groups()
    if strange:
        if strange in ",;":
            raise FormulaError(_("Escriba los números sin coma de miles: 1000 y no 1,000."))
        raise FormulaError(
            _(
                "«%(strange)s» no es parte de una fórmula: use + - * / y paréntesis.",
                strange=strange,
            )
        )
    if number and len(number) > DIGITS:
        raise FormulaError(_("El número %(number)s… es demasiado largo.", number=number[:DIGITS]))
    if name and not NAME.fullmatch(name):
        raise FormulaError(
            _(
                "«%(name)s» no es el nombre de una variable: use minúsculas, números y guion bajo.",
                name=name[:60],
            )
        )
    return str(number or name or sign)


def _factors(
    node: Node, found: dict[bool, list[Node]], *, is_above: bool
) -> tuple[list[Node], list[Node], Decimal]:
    """What is multiplied and what divides, apart from the constants, which become one."""
    above, below = found.setdefault(True, []), found.setdefault(False, [])
    if isinstance(node, Operation) and node.sign in MULTIPLYING:
        left = _factors(node.left, found, is_above=is_above)[2]
        right = _factors(node.right, found, is_above=is_above is (node.sign == "*"))[2]
        return above, below, left * right
    if not node.names:
        value = node.evaluate({}) or ZERO
        return above, below, value if is_above or not value else ONE / value
    found[is_above].append(node)
    return above, below, ONE


def _product(nodes: list[Node]) -> Node:
    if not nodes:
        return Number(ONE)
    product = nodes[0]
    for node in nodes[1:]:
        product = Operation("*", product, node)
    return product


class Gathering(StrEnum):
    """How the quarters of one variable become one amount."""

    SUM = "sum"
    LAST = "last"


def gathered(
    names: frozenset[str], amounts: Mapping[Period, Amounts], accumulation: Mapping[str, str]
) -> dict[str, Decimal]:
    """One amount per variable out of several periods: their sum, or the last one.

    A period without all of its variables stays outside: a numerator never stands over the
    denominator of other months. A variable without a rule is added up.
    """
    complete = [amounts[period] for period in sorted(amounts) if names <= amounts[period].keys()]
    if not complete:
        return {}
    return {
        name: complete[-1][name]
        if accumulation.get(name) == Gathering.LAST
        else sum((values[name] for values in complete), ZERO)
        for name in names
    }


def pooled(
    formula: Formula, amounts: Mapping[Period, Amounts], accumulation: Mapping[str, str]
) -> Decimal | None:
    """The formula of several periods together, raw; None without a complete period.

    Each variable is gathered first and the formula is worked out once: 1 of 10 and 90 of 100
    are 91 of 110, which is 82.73 %, and not the 50 % that averaging 10 % and 90 % would say.
    """
    return formula.evaluate(gathered(formula.names, amounts, accumulation))


class PartsFault(StrEnum):
    """What can be wrong with the parts of a total."""

    MISSING = "missing"
    NEGATIVE = "negative"
    WITHOUT_TOTAL = "without_total"
    SUM = "sum"


class PartsProblem(NamedTuple):
    """Why the parts are not those of the total, with the sentence for whoever reports.

    `difference` is the parts minus the total, in the value's unit, where that is the problem.
    """

    fault: PartsFault
    text: str
    difference: Decimal | None = None


def check_parts(
    total: Decimal | None, parts: Mapping[str, Decimal | None], tolerance: Decimal = ZERO
) -> list[PartsProblem]:
    """What is wrong with the parts of a total: by sex, by department… Nothing, when none is given.

    `parts` goes from the category's name to its amount, None where it is missing, which is not
    a zero. `tolerance` is the difference allowed, in the value's unit.
    """
    given = {name: amount for name, amount in parts.items() if amount is not None}
    if not given:
        return []
    problems = [
        PartsProblem(
            PartsFault.NEGATIVE,
            _("%(name)s no puede ser negativo: %(amount)s.", name=name, amount=printed(amount, 4)),
        )
        for name, amount in given.items()
        if amount < 0 <= (total or ZERO)
    ]
    missing = [name for name in parts if name not in given]
    if missing:
        names = ", ".join(missing)
        problems.append(
            PartsProblem(PartsFault.MISSING, _("Falta la parte de %(names)s.", names=names))
        )
        return problems
    return [*problems, *_sum_problems(total, sum(given.values(), ZERO), tolerance)]


def _sum_problems(total: Decimal | None, found: Decimal, tolerance: Decimal) -> list[PartsProblem]:
    if total is None:
        return [PartsProblem(PartsFault.WITHOUT_TOTAL, _("Hay partes y falta el total."))]
    difference = found - total
    if abs(difference) <= tolerance:
        return []
    said = {
        "parts": printed(found, 4),
        "total": printed(total, 4),
        "difference": printed(abs(difference), 4),
    }
    if difference > 0:
        text = _(
            "Las partes suman %(parts)s y el total es %(total)s: sobran %(difference)s.", **said
        )
    else:
        text = _(
            "Las partes suman %(parts)s y el total es %(total)s: faltan %(difference)s.", **said
        )
    return [PartsProblem(PartsFault.SUM, text, difference)]
