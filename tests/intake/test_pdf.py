"""A PDF with text reads like the text it prints; any other is refused with its reason."""

import io
import json
import sys

import pytest

from sigpret.intake.readers import pdf_child, pdf_file
from sigpret.intake.readers.problems import RefusalError
from tests.intake.pdfs import Placed, pdf, printed
from tests.intake.plans import plan, read, rules, without_lines


@pytest.mark.parametrize("width", [40, 74])
def test_a_printed_plan_reads_to_the_same_document(width):
    data = printed(plan(), width)
    lines = pdf_child.read(data)
    assert any("Bordos" in line for line in lines)
    assert without_lines(plan("\n".join(lines))) == without_lines(plan())


def test_the_child_process_reads_what_the_parent_asks():
    outcome = read(printed(plan(), 60))
    assert without_lines(outcome.document) == without_lines(plan())
    assert rules(outcome) == []


def test_a_code_that_touches_the_name_before_it_is_still_a_cell():
    page = [
        Placed(40, 40, "1 - Pozos"),
        Placed(200, 40, "145 - REPORTE"),
        Placed(40, 50, "2 - Pozos perforados y probados hasta aqui"),
        Placed(200, 50, "145 - REPORTE"),
    ]
    lines = pdf_child.read(pdf([page]))
    assert [line.index("145") for line in lines if line] == [lines[0].index("145")] * 2


def test_the_child_prints_lines_or_a_reason(monkeypatch, capsys):
    monkeypatch.setattr(pdf_child.resource, "setrlimit", lambda *_: None)
    for data, key in ((pdf([[Placed(40, 40, "Hola")]]), "lines"), (b"%PDF-", "refused")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert pdf_child.main() == 0
        assert json.loads(capsys.readouterr().out).keys() == {key}


def test_a_page_without_text_is_refused_as_scanned():
    assert rules(read(pdf([[]]))) == [("pdf_no_text", None)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.4\nnada", "damaged"),
        (pdf([[]]).replace(b"/Kids [5 0 R]", b"/Kids [9 0 R]"), "damaged"),
        (pdf([[]]), "no_text"),
        (pdf([[]] * 301), "pages"),
        (pdf([[Placed(40, 40, "a")]], encrypt=True), "password"),
    ],
)
def test_a_pdf_that_cannot_be_read_says_why(data, reason):
    with pytest.raises(pdf_child.RefusedError, match=reason):
        pdf_child.read(data)
    assert reason in pdf_file.REASONS


def test_too_much_text_is_refused(monkeypatch):
    monkeypatch.setattr(pdf_child, "MOST_CHARACTERS", 3)
    with pytest.raises(pdf_child.RefusedError, match="characters"):
        pdf_child.read(pdf([[Placed(40, 40, "demasiado")]]))


def test_a_child_that_takes_too_long_is_a_refusal(monkeypatch):
    monkeypatch.setattr(pdf_file, "SECONDS", 0)
    with pytest.raises(RefusalError, match="demasiado tiempo"):
        pdf_file.read_pdf_lines(pdf([[]]))


def test_a_child_that_dies_is_a_refusal(monkeypatch, tmp_path):
    dies = tmp_path / "dies.py"
    dies.write_text("import os; os.abort()")
    monkeypatch.setattr(pdf_file, "CHILD", dies)
    with pytest.raises(RefusalError, match="demasiado tiempo o memoria"):
        pdf_file.read_pdf_lines(pdf([[]]))


def test_the_child_cannot_take_more_memory_than_its_limit(monkeypatch, tmp_path):
    greedy = tmp_path / "greedy.py"
    source = pdf_file.CHILD.read_text().replace("= 1024 * 1024 * 1024", "= 300 * 1024 * 1024")
    greedy.write_text(source.replace("sys.stdin.buffer.read()", "b'%PDF-' * 10**9"))
    monkeypatch.setattr(pdf_file, "CHILD", greedy)
    with pytest.raises(RefusalError, match="demasiado tiempo o memoria"):
        pdf_file.read_pdf_lines(b"%PDF-")


@pytest.mark.parametrize(
    ("code", "text"), [(65, "A"), (2, "-"), (0, "\ufffd"), (0xD83D, "\ufffd"), (7, "\ufffd")]
)
def test_a_letter_without_meaning_is_marked_and_later_refused(code, text):
    assert pdf_child._text(code) == text


def test_the_child_starts_without_the_product():
    source = pdf_file.CHILD.read_text()
    assert "sigpret" not in source
