"""Second pass: labelled texts and tables become the tree of the plan, continuation pages merged."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeVar

from sigpret.intake.readers.layout import CATALOGUED, continues
from sigpret.intake.readers.problems import Problems
from sigpret.intake.readers.product_rows import ProductRows
from sigpret.intake.readers.reading import Gap, Restatement
from sigpret.intake.readers.scan import Label, LabelledText, Table, unknown_line
from sigpret.intake.rows import Coded, Objective, OperationalObjective, Result

NUMBERED = re.compile(r"0*([0-9]{1,9})(?: ?[-–—] ?| )(\S.*)")
PROGRAM_REF = re.compile(r"\(([A-Za-z]{1,6} ?- ?[0-9]{1,6})\) ?\.?$")


@dataclass(slots=True)
class _Text:
    """One stated text, with where it was first stated."""

    subject: str
    text: str
    line: int
    page: int


@dataclass(slots=True)
class _Result:
    number: int
    text: _Text
    assumption: _Text | None = None
    population: _Text | None = None


@dataclass(slots=True)
class _Operational:
    number: int
    text: _Text
    rows: ProductRows


@dataclass(slots=True)
class _Objective:
    number: int
    text: _Text
    results: dict[int, _Result] = field(default_factory=dict)
    operationals: dict[int, _Operational] = field(default_factory=dict)


Parent = TypeVar("Parent", _Objective, _Result)


class Outline:
    """The plan while it is put together; problems and restatements are gathered on the way."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.restatements: list[Restatement] = []
        self.gaps: list[Gap] = []
        self.mission: _Text | None = None
        self.vision: _Text | None = None
        self._objectives: dict[int, _Objective] = {}
        self._objective: _Objective | None = None
        self._result: _Result | None = None
        self._operational: _Operational | None = None
        self._takers = {
            Label.MISSION: self._take_mission,
            Label.VISION: self._take_vision,
            Label.OBJECTIVE: self._take_objective,
            Label.RESULT: self._take_result,
            Label.ASSUMPTION: self._take_assumption,
            Label.POPULATION: self._take_population,
            Label.OPERATIONAL_OBJECTIVE: self._take_operational,
        }

    def build(self, events: list[LabelledText | Table]) -> tuple[Objective, ...]:
        """The objectives in the order they first appear."""
        width = _widest(events)
        for event in events:
            if isinstance(event, Table):
                self._take_table(event)
            else:
                text = self._join(event, width)
                stated = _Text(event.label.value, text, event.line, event.page)
                self._takers[event.label](stated)
        return tuple(_objective(objective) for objective in self._objectives.values())

    def _join(self, event: LabelledText, width: int) -> str:
        joined = event.pieces[:1]
        for piece in event.pieces[1:]:
            filled = joined[-1].filled
            if continues(filled, piece.text, width, piece.after):
                joined.append(piece)
            else:
                message = unknown_line(piece.number, piece.text)
                self.problems.add("unknown_line", piece.number, message)
        if not joined:
            message = (
                f"La línea {event.line} dice «{event.label.value}» sin ningún texto; complétela."
            )
            self.problems.add("empty_text", event.line, message)
        return " ".join(piece.text for piece in joined)

    def _take_mission(self, stated: _Text) -> None:
        self.mission = self._restate(self.mission, stated)

    def _take_vision(self, stated: _Text) -> None:
        self.vision = self._restate(self.vision, stated)

    def _take_objective(self, stated: _Text) -> None:
        number = self._number(stated)
        if number is None:
            return
        known = self._objectives.get(number)
        self._note_order(known, number, stated)
        if known is None:
            known = self._objectives[number] = _Objective(number, stated)
        self._restate(known.text, stated)
        if known is not self._objective:
            self._result = self._operational = None
        self._objective = known

    def _note_order(self, known: _Objective | None, number: int, stated: _Text) -> None:
        last = self._objective.number if self._objective else number
        if known is not None and number != last:
            self.gaps.append(
                Gap(stated.line, f"el objetivo {number} vuelve a aparecer después del {last}")
            )
        elif known is None and self._objective and number != last + 1:
            self.gaps.append(Gap(stated.line, f"después del objetivo {last} viene el {number}"))

    def _take_result(self, stated: _Text) -> None:
        number = self._number(stated)
        if (
            number is None
            or (objective := self._needed(self._objective, stated, "un objetivo")) is None
        ):
            return
        known = objective.results.setdefault(number, _Result(number, stated))
        self._restate(known.text, stated)
        self._result = known

    def _take_assumption(self, stated: _Text) -> None:
        if result := self._needed(self._result, stated, "un resultado"):
            result.assumption = self._restate(result.assumption, stated)

    def _take_population(self, stated: _Text) -> None:
        if stated.text and not CATALOGUED.fullmatch(stated.text):
            message = (
                f"La población objetivo de la línea {stated.line} no tiene la forma"
                " «código - nombre»; corríjala."
            )
            self.problems.add("unreadable_code", stated.line, message)
        elif result := self._needed(self._result, stated, "un resultado"):
            result.population = self._restate(result.population, stated)

    def _take_operational(self, stated: _Text) -> None:
        number = self._number(stated)
        if (
            number is None
            or (objective := self._needed(self._objective, stated, "un objetivo")) is None
        ):
            return
        if number not in objective.operationals:
            rows = ProductRows(self.problems)
            objective.operationals[number] = _Operational(number, stated, rows)
        self._operational = objective.operationals[number]
        self._restate(self._operational.text, stated)

    def _take_table(self, table: Table) -> None:
        if self._operational is None:
            message = (
                f"La tabla de productos de la línea {table.line} aparece antes de un objetivo"
                " operativo; revise que el reporte esté completo."
            )
            self.problems.add("misplaced_text", table.line, message)
            return
        if table.header is None:
            reason = "la página sigue la tabla sin repetir el objetivo ni el objetivo operativo"
            self.gaps.append(Gap(table.line, reason))
        self._operational.rows.take(table)

    def _number(self, stated: _Text) -> int | None:
        """The number a text starts with; the text keeps the rest."""
        found = NUMBERED.fullmatch(stated.text)
        if found is None:
            if stated.text:
                message = f"En la línea {stated.line} «{stated.subject}» no trae número; agréguelo."
                self.problems.add("missing_number", stated.line, message)
            return None
        stated.subject = f"{stated.subject} {int(found[1])}"
        stated.text = found[2]
        return int(found[1])

    def _needed(self, parent: Parent | None, stated: _Text, what: str) -> Parent | None:
        if parent is None:
            message = (
                f"«{stated.subject}» de la línea {stated.line} aparece antes de {what};"
                " revise que el reporte esté completo."
            )
            self.problems.add("misplaced_text", stated.line, message)
        return parent

    def _restate(self, first: _Text | None, stated: _Text) -> _Text:
        if first is None or first is stated:
            return stated
        is_new_page = first.page != stated.page
        self.restatements.append(
            Restatement(
                stated.subject, stated.line, stated.text, first.line, first.text, is_new_page
            )
        )
        return first


def _widest(events: list[LabelledText | Table]) -> int:
    texts = (event.pieces for event in events if isinstance(event, LabelledText))
    return max((piece.filled for pieces in texts for piece in pieces), default=0)


def _objective(draft: _Objective) -> Objective:
    text, program_ref = draft.text.text, None
    if found := PROGRAM_REF.search(text):
        text, program_ref = text[: found.start()].rstrip(), found[1].replace(" ", "")
    results = tuple(_result(result) for result in draft.results.values())
    operationals = tuple(
        OperationalObjective(operational.number, operational.text.text, operational.rows.products())
        for operational in draft.operationals.values()
    )
    return Objective(draft.number, text, program_ref, results, operationals)


def _result(draft: _Result) -> Result:
    assumption = draft.assumption.text if draft.assumption else None
    found = CATALOGUED.fullmatch(draft.population.text) if draft.population else None
    population = Coded(found[1], found[2]) if found else None
    return Result(draft.number, draft.text.text, assumption, population)
