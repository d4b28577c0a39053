"""The facts the country stands on, as `catalogues/hn` writes them."""

import csv

import pytest
from django.conf import settings

FILES = sorted(settings.CATALOGUES.glob("*.csv"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_row_says_where_it_comes_from(path):
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert all(row["source"].strip() for row in rows)


def test_four_axes_are_printed_as_five_blocks_over_twenty_two_sectors(catalogue):
    pairs = sum(len(blocks) for blocks in catalogue.sector_blocks.values())
    assert (len(catalogue.axes), len(catalogue.blocks)) == (4, 5)
    assert (len(catalogue.sectors), pairs) == (22, 23)


def test_one_sector_stands_in_two_blocks(catalogue):
    twice = [code for code, blocks in catalogue.sector_blocks.items() if len(blocks) == 2]
    assert [catalogue.sectors[code] for code in twice] == ["Mercado Laboral y Protección Social"]


def test_eighty_three_institutions_are_public_and_fourteen_say_they_are_invented(catalogue):
    invented = [fact for fact in catalogue.institutions if fact.is_fictitious]
    assert (len(catalogue.institutions), len(invented)) == (97, 14)
    assert all("inventada" in fact.source for fact in invented)
    assert not any("inventada" in f.source for f in catalogue.institutions if f not in invented)


def test_a_code_of_ours_cannot_be_taken_for_one_of_siafi(catalogue):
    for fact in catalogue.institutions:
        is_ours = "no es de SIAFI" in fact.source
        assert fact.code.isdigit() is not is_ours


def test_every_institution_works_in_a_sector_and_every_sector_has_one(catalogue):
    worked_in = {sector for fact in catalogue.institutions for sector in fact.sectors}
    assert worked_in == set(catalogue.sectors)
    assert all(fact.sectors for fact in catalogue.institutions)


def test_there_are_eighteen_departments(catalogue):
    assert len(set(catalogue.departments)) == 18
