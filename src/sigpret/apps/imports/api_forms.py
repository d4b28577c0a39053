"""What the API takes and answers. The names are those of the published schema of a plan."""

from __future__ import annotations

from typing import Any

from ninja import Field, Schema
from pydantic import ConfigDict

from sigpret.apps.imports.queries import ImportFacts
from sigpret.apps.planning.queries.readable import ReadablePlan
from sigpret.apps.planning.queries.stored import StoredPlan
from sigpret.apps.planning.queries.whole import WholePlan
from sigpret.intake.json_form import encode
from sigpret.intake.rows import PlanDocument

QUANTITY = r"^[0-9]+(\.[0-9]+)?$"
REPORT_ID = "R00822953"


class Strict(Schema):
    """No key more than those it has."""

    model_config = ConfigDict(extra="forbid")


class Coded(Strict):
    code: str = Field(pattern="^[A-Z]{0,2}[0-9]{1,9}$")
    name: str


class Product(Strict):
    """`annual_output` nulo: en blanco en el reporte, nunca cero."""

    number: int = Field(ge=1)
    name: str
    unit_of_measure: Coded
    periodicity: Coded
    annual_output: str | None = Field(None, pattern=QUANTITY)


class OperationalObjective(Strict):
    number: int = Field(ge=1)
    text: str
    products: list[Product]


class Result(Strict):
    number: int = Field(ge=1)
    text: str
    assumption: str | None = None
    target_population: Coded | None = None


class Objective(Strict):
    number: int = Field(ge=1)
    text: str
    program_ref: str | None = Field(None, description="Programa, por ejemplo PG-11")
    results: list[Result]
    operational_objectives: list[OperationalObjective]


class PlanSent(Strict):
    """Un plan operativo con los campos del reporte R00822953."""

    institution: Coded
    fiscal_year: int = Field(ge=2000, le=2100)
    mission: str | None = None
    vision: str | None = None
    objectives: list[Objective] = Field(min_length=1)


class Quarters(Schema):
    """Lo programado por trimestre; nulo: no se programa."""

    objective: int
    operational_objective: int
    number: int
    planned: list[str | None]


class PlanInForce(PlanSent):
    """El plan como está; `version` cuenta cada cambio, `quarters` va en el orden del plan."""

    state: str
    version: int
    quarters: list[Quarters]


class PlanLine(Schema):
    institution: Coded
    state: str
    version: int
    products: int


class PlansOfYear(Schema):
    fiscal_year: int
    plans: list[PlanLine]


class Finding(Schema):
    severity: str
    rule: str
    message: str


class ReceivedPlan(Schema):
    """La importación en que quedó; en `url` una persona la revisa y la confirma."""

    import_id: int
    state: str
    url: str
    findings: list[Finding]


class Problem(Schema):
    """Por qué no se hizo, y qué corregir."""

    title: str
    details: list[str] = Field(default_factory=list)


def document_of(sent: PlanSent) -> PlanDocument:
    """The plan as the reader gives it. Raises JsonFormError."""
    told = sent.model_dump()
    told["report"] = {"id": REPORT_ID, "printed_at": None}
    for objective in told["objectives"]:
        for operational in objective["operational_objectives"]:
            for product in operational["products"]:
                product["line"] = 0
    return PlanDocument.from_json(told)


def plan_in_force(whole: WholePlan, stored: StoredPlan) -> dict[str, Any]:
    """The plan as it is answered."""
    if stored.document is None:
        raise ValueError("a plan in force has its document")
    told = encode(stored.document)
    del told["report"]
    for objective in told["objectives"]:
        for operational in objective["operational_objectives"]:
            for product in operational["products"]:
                del product["line"]
    quarters = [
        {**key._asdict(), "planned": [encode(planned) for planned in planned_quarters]}
        for key, planned_quarters in stored.quarters.items()
    ]
    return {**told, "state": whole.state, "version": whole.version, "quarters": quarters}


def plan_line(plan: ReadablePlan) -> dict[str, Any]:
    return {
        "institution": {"code": plan.code, "name": plan.name},
        "state": plan.state,
        "version": plan.version,
        "products": plan.products,
    }


def received_plan(facts: ImportFacts, url: str) -> dict[str, Any]:
    """The import a sent plan became."""
    return {
        "import_id": facts.pk,
        "state": facts.state,
        "url": url,
        "findings": [
            {"severity": one.severity, "rule": one.rule, "message": one.message}
            for one in facts.findings
        ],
    }
