"""The published JSON is exactly the document, there and back."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings

import sigpret.intake
from sigpret.intake.json_form import JsonFormError
from sigpret.intake.rows import PlanDocument
from tests.intake.plans import EXAMPLES, documents, fixture_bytes, plan, read

SCHEMA = json.loads(Path(sigpret.intake.__file__).with_name("plan_report.schema.json").read_text())
VALID = jsonschema.Draft202012Validator(SCHEMA)


@settings(max_examples=EXAMPLES, deadline=None)
@given(documents())
def test_a_document_survives_its_json(document):
    assert PlanDocument.from_json(json.loads(json.dumps(document.to_json()))) == document


def test_a_plan_fits_the_published_schema():
    VALID.validate(read(fixture_bytes()).to_json())


def test_a_refusal_fits_the_published_schema():
    VALID.validate(read(b"nada").to_json())


def test_the_schema_accepts_no_half_refusal():
    half = {**plan().to_json(), "findings": read(b"nada").to_json()["findings"]}
    assert not VALID.is_valid(half)


def test_quantities_are_decimal_strings_and_blanks_are_null():
    products = plan().to_json()["objectives"][0]["operational_objectives"][0]["products"]
    assert [product["annual_output"] for product in products[:2]] == [None, "2"]
    assert products[0]["unit_of_measure"] == {"code": "145", "name": "REPORTE"}


def edited(path: list, value: object) -> dict:
    document = plan().to_json()
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return document


PRODUCT = ["objectives", 0, "operational_objectives", 0, "products", 0]
BENT = {
    "a number as text": (["fiscal_year"], "2026", "$.fiscal_year"),
    "a truth as a number": (["fiscal_year"], True, "$.fiscal_year"),
    "a list as an object": (["objectives"], {}, "$.objectives"),
    "an object as text": (["institution"], "912", "$.institution"),
    "a missing key": (["institution"], {"code": "912"}, "$.institution"),
    "a float quantity": ([*PRODUCT, "annual_output"], 2.0, r"products\[0\].annual_output"),
    "an exponent": ([*PRODUCT, "annual_output"], "1e3", r"products\[0\].annual_output"),
}


@pytest.mark.parametrize(("path", "value", "where"), BENT.values(), ids=BENT.keys())
def test_a_bent_document_is_refused_with_its_path(path, value, where):
    with pytest.raises(JsonFormError, match=where.replace("$", r"\$")):
        PlanDocument.from_json(edited(path, value))
