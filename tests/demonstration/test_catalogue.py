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


#: The table of the guidelines: the mesas of each block.
MESAS = {
    "1": {"Derechos Humanos", "Gobernabilidad", "Migración",
          "Transparencia, Anticorrupción e Integridad"},
    "2E": {"Agropecuario y Seguridad Alimentaria", "Energía", "Industria y Comercio",
           "Macroeconómico", "Mercado Laboral y Protección Social",
           "Recursos Naturales, Ambiente y Cambio Climático", "Telecomunicaciones", "Turismo"},
    "2S": {"Agua y Saneamiento", "Educación", "Gestión de Riesgos",
           "Infraestructura y Transporte", "Mercado Laboral y Protección Social", "Salud",
           "Vivienda"},
    "3": {"Ciencia, Tecnología e Innovación", "Cultura, Artes y Deportes", "Género"},
    "4": {"Defensa y Seguridad"},
}  # fmt: skip


@pytest.mark.parametrize("block", MESAS)
def test_each_block_has_the_mesas_of_the_guidelines(catalogue, block):
    """«las mesas siguen el esquema de la MCR, de la siguiente manera»"""
    found = {
        catalogue.sectors[code]
        for code, blocks in catalogue.sector_blocks.items()
        if block in blocks
    }
    assert found == MESAS[block]


def test_three_themes_are_in_every_mesa_with_their_leading_institution(catalogue):
    """«se integrarán de igual manera en forma transversal en todas ellas, los temas de
    Transparencia, Genero y Derechos Humanos, para ello, las instituciones rectoras de dichos
    temas: Secretaría de Transparencia y Anticorrupción, Secretaría de Asuntos de la Mujer y
    Secretaría de Derechos Humanos»"""
    names = {fact.code: fact.name for fact in catalogue.institutions}
    permanent = {
        row["name"]: names[row["lead"]]
        for row in catalogue.cross_cutting_themes
        if row["is_permanent"] == "sí"
    }
    assert list(permanent) == ["Transparencia", "Género", "Derechos Humanos"]
    leads = " ".join(permanent.values())
    assert all(word in leads for word in ("Transparencia", "Mujer", "Derechos Humanos"))


def test_four_more_themes_are_taken_into_account_where_they_matter(catalogue):
    """«se deberán tomar en cuenta como transversales los temas de Descentralización,
    Competitividad, Ambiente y Gestión de Riesgos y Seguridad Alimentaria»"""
    others = [r["name"] for r in catalogue.cross_cutting_themes if r["is_permanent"] == "no"]
    assert others == [
        "Descentralización", "Competitividad", "Ambiente y Gestión de Riesgos",
        "Seguridad Alimentaria",
    ]  # fmt: skip
