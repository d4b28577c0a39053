"""The printed manual says what the tests say."""

import pytest

from tests.spec.book import FOLDER, pages, table_in

PAGES = pages()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_page_is_printed_and_current(path):
    assert path.exists(), "imprima el manual: PYTHONPATH=src python -m tests.spec"
    assert path.read_text(encoding="utf-8") == PAGES[path], "PYTHONPATH=src python -m tests.spec"


def test_no_page_is_left_over():
    assert set(FOLDER.glob("*.md")) == set(PAGES)


def test_a_table_is_read_without_its_header_and_rule():
    assert table_in("Título\n\n| a | b |\n|---:|---|\n| 1 | — |\n") == [("1", "—")]
