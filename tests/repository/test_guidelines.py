"""Every rule of the guidelines of the mesas is quoted by the test that proves it."""

import ast
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
#: «Lineamientos MESGEPRET», September 2022: its rules in its own words, in its own order.
RULES = (
    "se organizarán en dos niveles",
    "así como de los equipos técnicos que definan las respectivas máximas autoridades",
    "tendrá el acompañamiento técnico de la Dirección de Gestión por Resultados",
    "es responsable de la aprobación al más alto nivel de las propuestas técnicas",
    "es responsable de responder ante la Presidencia de la República",
    "estará conformado por las máximas autoridades de las instituciones",
    "la Presidencia de la Republica designará dentro del conjunto de Máximas Autoridades",
    "las mesas siguen el esquema de la MCR",
    "los temas de Transparencia, Genero y Derechos Humanos, para ello, las instituciones rectoras",
    "se deberán tomar en cuenta como transversales los temas de Descentralización",
    "Diagnóstico Sectorial de los principales desafíos del sector",
    "Marco de resultados e indicadores sectoriales y la respectiva articulación",
    "su programación plurianual, y una programación al menos semestral",
    "Identificación de limitantes y cuellos de botella",
    "Propuestas de estrategias y cursos de acción",
    "Mecanismos que permitan la efectiva gestión de información",
    "Informes de los resultados de avance en el cumplimiento de las metas sectoriales",
    "Revisar los Planes Operativos Anuales, a efecto de considerar su coherencia",
    "dicho plan deberá plantear los resultados y respectivas responsabilidades y tiempos",
    "Dicho Plan deberá ser aprobado a nivel de las máximas autoridades",
    "es responsable de levantar la información necesaria, tomar nota de los acuerdos",
    "Dicho equipo debe ser definido a nivel de las UPGRETs",
    "Un proceso previo al trabajo de la MESGEPRET, será la acreditación de los miembros",
    "cada institución deberá acreditar de manera formal ante la DIGER",
    "no deben ser más de tres (3) por cada institución, incluyendo al Director (a) de la UPGRET",
    "se deberá de manera consensuada entre las instituciones, designar al funcionario",
    "se podrán organizar grupos específicos de trabajo",
    "que posteriormente serán objeto de discusión en la MESGEPRET",
    "será el encargado de elaborar y remitir las respectivas convocatorias",
    "se deberá adjuntar una agenda básica de los temas a tratar",
    "deberán hacerse con al menos cinco (5) días de anticipación",
    "considerándose los mismos como definitivos",
    "No. de Acta de Acuerdos, Fecha y Hora, Lugar, Lista de Participantes, Agenda de trabajo",
    "acuerdos alcanzados con sus respectivos resultados relevantes, seguimiento de los acuerdos",
    "El levantamiento de estas será responsabilidad del Coordinador a nivel técnico-operativo",
    "en un plazo máximo de una semana después de finalizada la sesión",
)


@cache
def quotes() -> str:
    """What the tests say they prove, as one line."""
    found = []
    for path in TESTS.rglob("test_*.py"):
        if path == Path(__file__) or ("mesas" not in str(path) and "catalogue" not in path.name):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
        said = (ast.get_docstring(one) or "" for one in functions if one.name.startswith("test_"))
        found += [" ".join(text.split()) for text in said if text]
    return "\n".join(found)


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_of_the_guidelines_is_quoted_by_the_test_that_proves_it(rule):
    assert rule in quotes()
