"""Each rule of coherence beyond the quarters, as what it says of plans that fail it and pass it."""

from decimal import Decimal
from typing import Any

import pytest

from sigpret.intake.spelling import stems
from sigpret.methodology.plans.facts import (
    ObjectiveFacts,
    PlanFacts,
    ProductFacts,
    ReportedProduct,
    ResultFacts,
    Severity,
)
from sigpret.methodology.plans.registry import RULES, findings
from tests.methodology.examples import POLICY

ONE, SIX, TEN = Decimal(1), Decimal(6), Decimal(10)
MEASURED = ObjectiveFacts(2, (ResultFacts("2.1", has_indicator=True),))
OBJECTIVE = (MEASURED,)


def product(**changes: Any) -> ProductFacts:
    """A coherent product; each example breaks one thing of it."""
    facts: dict[str, Any] = {
        "id": 1,
        "label": "2.6",
        "objective": 2,
        "unit": "Documento",
        "periodicity": "Trimestral",
        "per_year": 4,
        "annual_output": SIX,
        "quarters": (ONE, ONE, ONE, Decimal(3)),
        "has_goal": True,
        "has_budget": True,
    }
    return ProductFacts(**facts | changes)


def plan(*products: ProductFacts, **changes: Any) -> PlanFacts:
    facts: dict[str, Any] = {
        "fiscal_year": 2027,
        "objectives": OBJECTIVE,
        "products": products or (product(),),
    }
    return PlanFacts(**facts | changes)


def named(number: int, name: str) -> ProductFacts:
    return product(id=number, label=f"2.{number}", name=name, stems=tuple(stems(name)))


def printed(*rows: tuple[str, Decimal | None]) -> dict[str, Any]:
    return {
        "report": tuple(ReportedProduct(label, output) for label, output in rows),
        "report_id": "R00822953",
    }


BLANK = {"annual_output": None, "quarters": (None, None, None, None)}
YEARS = {2024: Decimal(4), 2025: Decimal(3), 2026: Decimal(5)}
LARGE = {"annual_output": TEN + ONE, "quarters": (None, None, None, TEN + ONE)}
SMALL = {"annual_output": ONE, "quarters": (None, None, None, ONE)}
DOCUMENTS = "Documentos metodológicos de monitoreo y evaluación"

FOUND = [
    (
        "territories_exceed",
        plan(product(placed=TEN)),
        "warning",
        "Los territorios suman 10 y la producción anual dice 6: corrija el reparto o la "
        "producción.",
    ),
    (
        "product_without_result",
        plan(objectives=(ObjectiveFacts(2),)),
        "error",
        "El producto del objetivo 2 no responde a ningún resultado: agregue uno.",
    ),
    (
        "product_without_result",
        plan(named(1, "Visita"), named(2, "Informe"), objectives=(ObjectiveFacts(2),)),
        "error",
        "Los 2 productos del objetivo 2 no responden a ningún resultado: agregue uno.",
    ),
    (
        "result_without_indicator",
        plan(objectives=(ObjectiveFacts(2, (ResultFacts("2.1", has_indicator=False),)),)),
        "warning",
        "El resultado 2.1 no tiene indicador: vincule su objetivo con una meta de la matriz o con "
        "un objetivo del PEI que lo mida.",
    ),
    (
        "blank_output",
        plan(product(**BLANK)),
        "warning",
        "La producción anual está en blanco: escriba la cantidad, o 0 si este año no se produce.",
    ),
    (
        "unknown_unit",
        plan(product(unit="")),
        "error",
        "No tiene unidad de medida: elija qué se cuenta.",
    ),
    (
        "unknown_unit",
        plan(product(periodicity="", per_year=None)),
        "error",
        "No tiene periodicidad: elija cada cuánto se produce.",
    ),
    (
        "unknown_unit",
        plan(product(unit="Antena", unit_is_official=False)),
        "warning",
        "La unidad de medida «Antena» no está en el catálogo oficial: elija una que esté o pida a "
        "DIGER que la agregue.",
    ),
    (
        "unknown_unit",
        plan(product(periodicity="Bienal", periodicity_is_official=False)),
        "warning",
        "La periodicidad «Bienal» no está en el catálogo oficial: elija una que esté o pida a "
        "DIGER que la agregue.",
    ),
    (
        "near_duplicates",
        plan(named(6, f"{DOCUMENTS} elaborados"), named(7, f"{DOCUMENTS} impresos")),
        "warning",
        "Tiene casi el mismo nombre que el producto 2.6: confirme que son distintos o deje uno.",
    ),
    (
        "outside_history",
        plan(product(**LARGE, history=YEARS)),
        "warning",
        "La producción anual, 11, pasa de 2 veces la mayor de los 3 años anteriores, 5 en el "
        "ejercicio 2026: confírmela o explique el cambio.",
    ),
    (
        "outside_history",
        plan(product(**SMALL, history=YEARS)),
        "warning",
        "La producción anual, 1, es menos de 1/2 de la menor de los 3 años anteriores, 3 en el "
        "ejercicio 2025: confírmela o explique el cambio.",
    ),
    (
        "ceiling_exceeded",
        plan(ceiling=Decimal(150_000_000), cost=Decimal("150000000.50")),
        "error",
        "El plan cuesta L 150,000,000.5 y el techo es L 150,000,000: reduzca L 0.5, pida a DIGER "
        "que revise el techo o envíelo diciendo por qué.",
    ),
    (
        "product_without_budget",
        plan(product(has_budget=False)),
        "warning",
        "No recibe presupuesto de ninguna categoría: asígnele una, o programe 0 si no se "
        "producirá.",
    ),
    (
        "product_without_goal",
        plan(product(has_goal=False)),
        "warning",
        "Sin vínculo con la matriz de resultados: no aportará a ninguna meta.",
    ),
    (
        "report_numbers",
        plan(**printed(("2.6", TEN))),
        "warning",
        "La producción anual dice 6 y el reporte R00822953 imprimió 10: corrija el plan o cambie "
        "el dato en SIAFI.",
    ),
    (
        "report_numbers",
        plan(**printed(("2.6", SIX), ("2.7", ONE))),
        "warning",
        "El reporte R00822953 imprimió el producto 2.7 y el plan no lo tiene: agréguelo o "
        "retírelo en SIAFI.",
    ),
    (
        "report_numbers",
        plan(**printed()),
        "warning",
        "No está en el reporte R00822953 del que salió el plan: agréguelo también en SIAFI.",
    ),
]


@pytest.mark.parametrize(("rule", "facts", "severity", "sentence"), FOUND)
def test_a_plan_that_fails_one_rule_reads_one_sentence(
    rule: str, facts: PlanFacts, severity: str, sentence: str
) -> None:
    (finding,) = findings(facts, POLICY)
    assert (finding.rule, finding.severity, finding.sentence()) == (rule, severity, sentence)


COHERENT = {
    "a coherent plan": plan(),
    "an objective without products asks for no result": plan(
        objectives=(MEASURED, ObjectiveFacts(3))
    ),
    "nobody knows of indicators, goals or money": plan(
        product(has_goal=None, has_budget=None),
        objectives=(ObjectiveFacts(2, (ResultFacts("2.1"),)),),
    ),
    "a stated zero is no blank": plan(
        product(annual_output=Decimal(0), quarters=(None, None, None, None), has_budget=False)
    ),
    "what is not produced needs no money": plan(
        product(
            annual_output=Decimal(0), quarters=(Decimal(0),) * 4, has_budget=False, has_goal=True
        )
    ),
    "one year is no history": plan(product(**LARGE, history={2026: ONE})),
    "twice the highest is still usual": plan(
        product(annual_output=TEN, quarters=(None, None, None, TEN), history=YEARS)
    ),
    "a cost equal to its ceiling fits": plan(ceiling=TEN, cost=TEN),
    "no ceiling was set": plan(cost=TEN),
    "costs were not stated": plan(ceiling=ONE),
    "the plan completes what the report left blank": plan(**printed(("2.6", None))),
    "the plan says what the report printed": plan(**printed(("2.6", SIX))),
    "two products that share a verb": plan(
        named(1, "Informes elaborados"), named(2, "Visitas a escuelas")
    ),
}


@pytest.mark.parametrize("why", COHERENT)
def test_a_coherent_plan_reads_nothing(why: str) -> None:
    assert findings(COHERENT[why], POLICY) == ()


def test_errors_come_first_and_then_the_order_of_the_plan() -> None:
    products = (
        product(id=9, has_goal=False),
        product(id=3, annual_output=TEN, has_goal=False),
    )
    found = findings(plan(*products), POLICY)
    assert [(one.severity, one.product_id) for one in found] == [
        (Severity.ERROR, 3),
        (Severity.WARNING, 9),
        (Severity.WARNING, 3),
    ]


def test_a_number_other_than_the_report_can_be_put_back() -> None:
    (finding,) = findings(plan(**printed(("2.6", TEN))), POLICY)
    assert [(fix.field, fix.value, fix.label()) for fix in finding.fixes] == [
        ("annual_output", TEN, "Poner 10, como el reporte")
    ]


def test_every_rule_has_an_example() -> None:
    assert {rule for rule, *_rest in FOUND} | {"quarters_differ"} == set(RULES)


def test_only_a_ceiling_is_explained_instead_of_mended() -> None:
    explained = {
        rule
        for rule, facts, _severity, _sentence in FOUND
        if any(one.may_be_explained for one in findings(facts, POLICY))
    }
    assert explained == {"ceiling_exceeded"}
    (finding,) = findings(plan(ceiling=ONE, cost=SIX), POLICY)
    assert (finding.is_error, finding.stops) == (True, False)
