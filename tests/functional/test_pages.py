"""Every screen, for the people it is for, wide and on a phone: accessible and self-contained."""

import gzip

import pytest

from tests.functional.visitor import Visitor

PAGES = [
    (None, "/"),
    (None, "/promesas"),
    (None, "/promesas?estado=behind"),
    (None, "/metodologia"),
    (None, "/ingresar/"),
    (None, "/no-existe"),
    (None, "/componentes/"),
    (None, "/salud"),
    ("Luis Benítez", "/pendientes"),
    ("Luis Benítez", "/importar"),
    ("Luis Benítez", "/i/414/2026/t3/reporte"),
    ("Luis Benítez", "/evaluacion/060/2026/t3"),
    ("Óscar Rivera", "/i/060/2026/t3/reporte"),
    ("Óscar Rivera", "/i/060/2026/t3/reporte/enviar"),
    ("Óscar Rivera", "/i/060/2026/t2/reporte"),
    ("Óscar Rivera", "/poa/2026/060"),
    ("Óscar Rivera", "/evaluacion/060/2026/t2"),
    ("Karla Mejía", "/pendientes"),
    ("Karla Mejía", "/validar"),
    ("Karla Mejía", "/evaluacion"),
    ("Karla Mejía", "/poa/2026"),
    ("Héctor Paz", "/cierre/2026/t3"),
    ("Héctor Paz", "/cierre/2026/t2"),
    ("Despacho Presidencial", "/tablero"),
    ("Despacho Presidencial", "/tablero?periodo=2026-Q2"),
    ("Despacho Presidencial", "/metas/MP-42"),
    ("Rosa Aguilera", "/cierre/2026/t2"),
    ("Rosa Aguilera", "/cuenta/segundo-factor/"),
]


@pytest.fixture(scope="module")
def look(site, browser):
    """Somebody who goes from page to page: they signed in once, and their browser keeps files."""
    known: dict[tuple[str | None, int], Visitor] = {}

    def look_as(person: str | None, width: int) -> Visitor:
        if (person, width) not in known:
            visitor = known[person, width] = Visitor(browser, site.url, width=width)
            if person:
                visitor.enter_as(person)
        known[person, width].faults.clear()
        return known[person, width]

    yield look_as
    for visitor in known.values():
        visitor.leave()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(("person", "path"), PAGES, ids=[f"{p} {path}" for p, path in PAGES])
def test_a_page_is_accessible_and_calls_nobody_else(look, person, path, width):
    visitor = look(person, width)
    answer = visitor.open(path)
    assert answer.status < 500
    assert "Datos ficticios" in visitor.page.content()
    visitor.assert_accessible()


@pytest.mark.parametrize("path", ["/", "/promesas"])
def test_a_citizen_page_weighs_less_than_60_kb_and_needs_no_script(visit, path):
    visitor = visit()
    received = []
    visitor.page.on("response", lambda response: received.append(response))
    visitor.open(path)
    visitor.page.wait_for_load_state("networkidle")
    assert not [one for one in received if one.request.resource_type == "script"]
    weight = sum(len(gzip.compress(one.body())) for one in received)
    assert 5_000 < weight < 60_000
