"""Whose file it is, from the code in its name."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigpret.apps.monitoring.matching import Certainty, match_by_code


@dataclass(frozen=True)
class Row:
    code: str

    @property
    def key(self) -> str:
        return f"row-{self.code}"


ROWS = [Row(code) for code in ("1.1", "2.1", "2.9", "2.10", "3.4", "9.18", "PG-11-02", "MI-414-3")]

NAMES = {
    "2.9 Lista asistencia.pdf": "2.9",
    "2-9_lista.pdf": "2.9",
    "02.09 acta.pdf": "2.9",
    "02.09… acta.pdf": "2.9",
    "2.9.pdf": "2.9",
    "2_10.csv": "2.10",
    "2 9 foto.jpg": "2.9",
    "Producto 2.10 - acta.pdf": "2.10",
    "n.º 2.9 acta.pdf": "2.9",
    "(2.9) acta.pdf": "2.9",
    "Lista_2.9_v2.pdf": "2.9",
    "Acta del producto 2.9.pdf": "2.9",
    "2.9 (1).pdf": "2.9",
    "2.9 acta 18.09.2026.pdf": "2.9",
    "2026-09-18 2.9.pdf": "2.9",
    "2.9 y 3.4.docx": "2.9",
    "PG-11-02 informe.pdf": "PG-11-02",
    "pg 11 2 informe.pdf": "PG-11-02",
    "mi414-03.xlsx": "MI-414-3",
}
NOBODYS = [
    "acta final.pdf", "2.90.pdf", "12.9.pdf", "2.9.1.pdf", "lista 18-09-2026.pdf", "IMG_2026.jpg",
    "18.09.26 lista.pdf", "2.pdf", "", "PG-11-021.pdf", "7.7 otra cosa.pdf",
]  # fmt: skip


def keys(name: str, rows=ROWS) -> tuple[str, ...]:
    return match_by_code([name], rows)[0].keys


@pytest.mark.parametrize(("name", "code"), NAMES.items(), ids=NAMES)
def test_a_name_with_one_code_is_of_its_row(name, code):
    assert keys(name) == (f"row-{code}",)


@pytest.mark.parametrize("name", NOBODYS)
def test_a_name_without_a_known_code_is_nobodys(name):
    assert keys(name) == ()


def test_a_name_with_several_codes_asks():
    match = match_by_code(["lista de 2.9 y 3.4.docx"], ROWS)[0]
    assert match.certainty is Certainty.SEVERAL
    assert match.keys == ("row-2.9", "row-3.4")
    assert match.key == ""


def test_a_code_two_rows_share_asks():
    @dataclass(frozen=True)
    class Keyed:
        key: str
        code: str = "2.9"

    match = match_by_code(["2.9 acta.pdf"], [Keyed("a"), Keyed("b")])[0]
    assert (match.certainty, match.keys) == (Certainty.SEVERAL, ("a", "b"))


def test_the_answers_come_in_the_order_of_the_names():
    names = ["3.4 b.pdf", "sin código.pdf", "1.1 a.pdf"]
    assert [match.name for match in match_by_code(names, ROWS)] == names


numbers = st.integers(min_value=1, max_value=99)


@given(numbers, numbers, st.sampled_from([".", "-", "_"]), st.text("abcdefgh ", max_size=20))
def test_every_way_of_writing_a_code_finds_its_row(objective, number, mark, rest):
    row = Row(f"{objective}.{number}")
    name = f"0{objective}{mark}0{number} {rest}.pdf"
    assert keys(name, [row]) == (row.key,)


@given(st.text(max_size=120))
def test_any_name_at_all_is_answered(name):
    assert set(keys(name)) <= {row.key for row in ROWS}
