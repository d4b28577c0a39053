"""What a planner is asked to look at: each rule as a table of examples."""

from dataclasses import replace
from decimal import Decimal

import pytest

from sigpret.intake.catalogue import Catalogue
from sigpret.intake.checks.registry import check
from sigpret.intake.rows import Coded, Objective, PlanDocument, Product, Result
from sigpret.intake.spelling import stems
from sigpret.methodology.plans.near_duplicates import resemble
from tests.intake.plans import plan

QUARTERLY, SEMIANNUAL = Coded("4", "Trimestral"), Coded("2", "Semestral")


def document(*products: Product, results: tuple[Result, ...] | None = None) -> PlanDocument:
    """The fixture with one objective, one operational objective and these products."""
    whole = plan()
    objective = whole.objectives[0]
    (operational,) = objective.operational_objectives
    only = replace(
        objective,
        results=objective.results if results is None else results,
        operational_objectives=(replace(operational, products=products),),
    )
    return replace(whole, objectives=(only,))


def product(
    name="Obras medidas", output="4", periodicity=QUARTERLY, unit=None, number=1
) -> Product:
    unit = unit or Coded("145", "REPORTE")
    quantity = None if output is None else Decimal(output)
    return Product(number, name, unit, periodicity, quantity, 30 + number)


def found(plan_document, catalogue=None) -> list[tuple[str, int | None]]:
    return [(finding.rule, finding.line) for finding in check(plan_document, catalogue)]


def test_the_whole_plan_raises_what_its_author_would_expect():
    counted: dict[str, list[str]] = {}
    for finding in check(plan()):
        counted.setdefault(finding.rule, []).append(finding.message)
    assert {rule: len(messages) for rule, messages in counted.items()} == {
        "blank_annual_output": 13,
        "quarterly_below_four": 5,
        "near_duplicate_names": 2,
        "product_worded_as_result": 1,
    }
    assert "3.2 y 3.3" in counted["near_duplicate_names"][0]
    assert "3.10 y 3.11" in counted["near_duplicate_names"][1]


def test_checks_of_a_readable_plan_never_refuse_it():
    assert {finding.severity for finding in check(plan())} == {"warning"}


def test_every_message_is_one_sentence_that_ends_well():
    for finding in check(plan()):
        assert finding.message.endswith(".")
        assert "  " not in finding.message


OUTPUTS = {
    "blank": (None, QUARTERLY, ["blank_annual_output"]),
    "zero is not blank": ("0", QUARTERLY, []),
    "one a quarter": ("4", QUARTERLY, []),
    "six in four quarters": ("6", QUARTERLY, []),
    "three quarterly": ("3", QUARTERLY, ["quarterly_below_four"]),
    "half a unit quarterly": ("0.5", QUARTERLY, ["quarterly_below_four"]),
    "two semiannual": ("2", SEMIANNUAL, []),
    "one semiannual": ("1", SEMIANNUAL, ["semiannual_below_two"]),
    "one annual": ("1", Coded("1", "Anual"), []),
    "told by the name, not the code": ("2", Coded("9", "TRIMESTRAL"), ["quarterly_below_four"]),
}


@pytest.mark.parametrize(("output", "periodicity", "rules"), OUTPUTS.values(), ids=OUTPUTS.keys())
def test_the_annual_output_is_weighed_against_the_periodicity(output, periodicity, rules):
    only = document(product(output=output, periodicity=periodicity))
    assert [rule for rule, _ in found(only)] == rules


@pytest.mark.parametrize(
    ("output", "proposal"),
    [("1", "Se propone IV."), ("2", "Se propone II y IV."), ("3", "Se propone II, III y IV.")],
)
def test_few_quarterly_units_come_with_a_proposal(output, proposal):
    (finding,) = check(document(product(output=output)))
    assert finding.message.endswith(proposal)


def test_a_fraction_of_a_unit_gets_no_proposal():
    (finding,) = check(document(product(output="2.5")))
    assert "propone" not in finding.message


NAMES = {
    "one word added": (
        "Formas migradas del sistema",
        "Módulos de formas migradas del sistema",
        True,
    ),
    "number and gender": (
        "Sitios públicos conectados a la red",
        "Sitio público conectado a la red",
        True,
    ),
    "the same phrase in a longer name": (
        "Talleres de aforo para juntas",
        "Materiales y talleres de aforo para juntas",
        True,
    ),
    "identical short names": ("Actas", "Actas", True),
    "accents aside": ("Revisión técnica anual", "REVISION TECNICA ANUAL", True),
    "another public": (
        "Talleres para juntas de agua sobre aforo",
        "Talleres para maestras rurales sobre aforo",
        False,
    ),
    "the same ending": ("Informes elaborados", "Manuales elaborados", False),
    "only empty words": ("De la", "De los", False),
    "nothing shared": ("Pozos perforados", "Ferias celebradas", False),
}


@pytest.mark.parametrize(("one", "other", "expected"), NAMES.values(), ids=NAMES.keys())
def test_names_resemble_when_they_share_most_of_a_phrase(one, other, expected):
    assert resemble(tuple(stems(one)), tuple(stems(other))) is expected
    pair = document(product(one), product(other, number=2))
    assert [rule for rule, _ in found(pair)] == ["near_duplicate_names"] * expected


def test_a_name_is_compared_with_a_bounded_number_of_others():
    names = [f"Obras de la cuenca {letter * 6} medidas" for letter in "abcdefghijklm"]
    rows = (product(name, number=n) for n, name in enumerate([*names, names[0]], start=1))
    assert len(found(document(*rows))) <= 1


def test_many_names_that_share_a_run_but_differ_are_not_twins():
    shared = "puentes vados muros diques"
    rows = [
        product(f"{shared} {' '.join(f'{w}{n:02}zzz' for w in 'abcdef')}", number=n)
        for n in range(1, 15)
    ]
    assert found(document(*rows)) == []


WORDINGS = {
    "a change achieved": ("Incrementado el uso de la firma", True),
    "a change, plural": ("Fortalecidas las juntas", True),
    "a change, passive": ("Se ha mejorado el servicio", True),
    "capital letters": ("REDUCIDA la espera", True),
    "work done": ("Supervisado el servicio de limpieza", False),
    "a change at the end": ("Uso de la firma incrementado", False),
    "a noun": ("Incremento de la firma", False),
    "a longer word": ("Mejoradores instalados", False),
}


@pytest.mark.parametrize(("name", "expected"), WORDINGS.values(), ids=WORDINGS.keys())
def test_a_name_that_opens_with_a_change_states_a_result(name, expected):
    rules = [rule for rule, _ in found(document(product(name)))]
    assert rules == ["product_worded_as_result"] * expected


CATALOGUE = Catalogue(
    units_of_measure={"145": "REPORTE"},
    periodicities={"4": "Trimestral"},
    target_populations={"184": "PÚBLICAS"},
    institutions={"912": "Instituto Ficticio de Riberas y Cuencas"},
)


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        (product(unit=Coded("999", "COSA")), "unknown_unit_of_measure"),
        (product(unit=Coded("145", "VISITA")), "code_name_disagreement"),
        (product(periodicity=Coded("8", "Diaria")), "unknown_periodicity"),
        (product(periodicity=Coded("4", "Semestral")), "code_name_disagreement"),
    ],
)
def test_codes_are_compared_with_the_catalogue(changed, rule):
    assert (rule, 31) in found(document(changed), CATALOGUE)


def test_known_codes_raise_nothing():
    assert found(document(product()), CATALOGUE) == []


def test_without_a_catalogue_only_the_plan_itself_can_disagree():
    rows = (
        product("Pozos", unit=Coded("7", "OBRA")),
        product("Ferias", unit=Coded("7", "FERIA"), number=2),
    )
    assert found(document(*rows)) == [("code_name_disagreement", 32)]


def test_an_unknown_institution_and_population_are_noticed():
    known = replace(CATALOGUE, target_populations={}, institutions={})
    rules = [rule for rule, _ in found(document(product()), known)]
    assert rules == ["unknown_institution", "unknown_target_population"]


def test_a_result_lacks_its_assumption_and_population():
    bare = Result(1, "Logrado", None, None)
    assert [rule for rule, _ in found(document(product(), results=(bare,)))] == [
        "result_without_assumption",
        "result_without_target_population",
    ]


def test_an_objective_without_results_or_products_is_noticed():
    empty = Objective(1, "Algo", None, (), ())
    rules = [rule for rule, _ in found(replace(plan(), objectives=(empty,)))]
    assert rules == ["objective_without_result", "objective_without_products"]
    assert [rule for rule, _ in found(document())] == ["objective_without_products"]


def test_a_plan_without_head_is_noticed():
    whole = document(product())
    bare = replace(whole, mission=None, vision=None, report=replace(whole.report, printed_at=None))
    rules = [rule for rule, _ in found(bare)]
    assert rules == ["missing_mission", "missing_vision", "missing_print_date"]


def test_a_catalogue_is_loaded_without_zero_padding(tmp_path):
    (tmp_path / "units_of_measure.csv").write_text("code,name\n032,DOCUMENTO\n0,NADA\n")
    loaded = Catalogue.load(tmp_path)
    assert loaded.units_of_measure == {"32": "DOCUMENTO", "0": "NADA"}
    assert loaded.periodicities is None
