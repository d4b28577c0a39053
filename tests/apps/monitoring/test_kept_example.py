"""What closes today closes with the same bytes as the example that is kept beside this test.

A difference is a change of what citizens and auditors recompute: if it is wanted, write the new
example from what this test prints, and say why in the changelog.
"""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from sigpret.apps.institutions.models import Sector
from sigpret.apps.monitoring.actions import snapshots_of
from sigpret.apps.monitoring.models import ReportedValue, VariableAmount
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.queries.snapshots import digest_of_snapshots
from sigpret.apps.results.models import Goal, Indicator, IndicatorVariable
from sigpret.methodology.rollup import RollupRule
from tests.factories.institutions import make_institution, make_user
from tests.factories.monitoring import TEGUCIGALPA, make_report, make_round
from tests.factories.planning import make_plan, make_product
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db
EXAMPLE = Path(__file__).parent / "examples" / "closing.json"
SENT = datetime(2026, 10, 12, 23, 30, tzinfo=TEGUCIGALPA)
DECIDED = datetime(2026, 10, 13, 9, 0, tzinfo=TEGUCIGALPA)
QUARTERS = ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")


class Country:
    """Every way of measuring and of adding up, in eight goals and a product."""

    def __init__(self):
        periods = {
            code: (date(2026, month, 1), datetime(2026, month, 16, 17, tzinfo=TEGUCIGALPA))
            for code, month in zip(QUARTERS[:3], (4, 7, 10), strict=True)
        }
        self.rounds = {
            code: make_round(code, opens_on=opens, closes_at=closes)
            for code, (opens, closes) in periods.items()
        }
        self.analyst = make_user("analyst", full_name="Ana Lista")
        self.ministry = make_institution("001", "Ministerio de Ejemplo")
        self.reports = {code: make_report(self.ministry, self.rounds[code]) for code in periods}
        self.sector = Sector.objects.create(code="S01", name="Educación", slug="educacion")
        self.goals()
        self.product = make_product(
            make_plan(self.ministry),
            dict.fromkeys(QUARTERS, "2"),
            id=7007,
            number=7,
            name="Informe",
        )
        self.said("2026-Q3", "3", product=self.product, cause="Llegó más demanda.",
                  cause_category="demand")  # fmt: skip

    def goal(self, code, level=Goal.Level.INSTITUTIONAL, planned="10", **indicator):
        return make_goal(
            level,
            planned={**dict.fromkeys(QUARTERS, planned), "2025": "30", "2027": "55.5"},
            code=code,
            slug=code.lower(),
            text=f"Meta {code}",
            sector=self.sector,
            institution=self.ministry,
            indicator={"name": f"Indicador {code}", "responsible_unit": "UPEG", **indicator},
        )

    def goals(self):
        summed = self.goal("I1")
        fallen = self.goal(
            "I2",
            planned="4",
            sense=Indicator.Sense.DESCENDING,
            accumulation=Indicator.Accumulation.LAST,
            across_years=Indicator.AcrossYears.REDUCTION,
            baseline=Decimal("12.50"),
            baseline_year=2024,
        )
        silent = self.goal("I3", planned="7")
        rate = self.goal(
            "I4",
            planned="80",
            value_source="formula",
            formula="atendidos / inscritos * 100",
            accumulation="average",
        )
        sectoral = self.goal("S1", Goal.Level.SECTORAL)
        pooled = self.goal("S2", Goal.Level.SECTORAL, planned="0")
        top = self.goal("P1", Goal.Level.PRESIDENTIAL, planned="100")
        for child, weight in ((summed, 50), (fallen, 30), (silent, 20)):
            child.serves.create(parent=sectoral, weight=weight)
        for child in (summed, rate):
            child.serves.create(parent=pooled, rollup_rule=RollupRule.POOLED_RATIO)
        for child in (sectoral, pooled):
            child.serves.create(parent=top, weight=50)
        for code, executed in zip(QUARTERS, ("8", "0", "14.25"), strict=False):
            self.said(code, executed, indicator=summed.indicator, observation="Conforme.")
            self.said(code, "9.75", indicator=fallen.indicator)
        self.computed(rate, {"atendidos": "91", "inscritos": "110"})
        Goal.objects.create(
            code="I5",
            slug="i5",
            text="Meta sin indicador",
            level=Goal.Level.INSTITUTIONAL,
            sector=self.sector,
            institution=self.ministry,
            chain_position=Goal.ChainPosition.PRODUCT,
        )

    def computed(self, goal, amounts):
        value = self.said("2026-Q3", "82.7272727273", indicator=goal.indicator)
        for name, amount in amounts.items():
            variable = IndicatorVariable.objects.create(
                indicator=goal.indicator, name=name, label=name, unit="personas"
            )
            VariableAmount.objects.create(value=value, variable=variable, amount=amount)

    def said(self, code, value, **fields):
        return ReportedValue.objects.create(
            report=self.reports[code],
            period=code,
            value=Decimal(value),
            state=ReportState.VALIDATED,
            reported_at=SENT,
            decided_by=self.analyst,
            decided_at=DECIDED,
            **fields,
        )


def test_a_country_closes_as_the_example_says():
    country = Country()
    kept = list(snapshots_of(country.rounds["2026-Q3"], DECIDED))
    seen = {
        "digest": digest_of_snapshots(kept),
        "snapshots": [
            {"kind": str(new.kind), "code": new.code, "level": new.level, "payload": new.payload}
            for new in kept
        ],
    }
    text = json.dumps(seen, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    assert json.loads(text) == json.loads(EXAMPLE.read_text(encoding="utf-8")), text
