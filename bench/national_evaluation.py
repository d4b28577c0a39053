"""The full evaluation of the country against reading the values it is made of."""

from bench.databases import bench_database
from bench.measurement import Measurement, interleaved_medians
from sigpret.apps.monitoring.models import ReportedValue
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.queries import evaluate_country
from sigpret.apps.reference.queries import policy_on
from sigpret.apps.results.models import Indicator, IndicatorTarget
from sigpret.demonstration.quarters import OPEN
from sigpret.methodology.periods import Period

BUDGET = 3.0
RUNS = 9
PERIOD = Period.parse(OPEN)


def measure() -> list[Measurement]:
    """Every goal, its four figures, their reasons and what is contributed to each."""
    bench_database(1)
    reading, evaluating = interleaved_medians(read_values, evaluate, runs=RUNS)
    return [
        Measurement(
            "national_evaluation",
            evaluating / reading,
            BUDGET,
            f"{evaluating * 1000:.0f} ms against {reading * 1000:.0f} ms of reading",
        )
    ]


def read_values() -> tuple[list[object], ...]:
    """The rows an evaluation needs, as plain tuples: what was programmed, reported and how."""
    validated = ReportedValue.objects.filter(
        indicator__isnull=False, state=ReportState.VALIDATED, period__lte=OPEN
    )
    return (
        list(Indicator.objects.order_by().values_list("pk", "goal", "sense", "baseline")),
        list(IndicatorTarget.objects.order_by().values_list("indicator", "period", "planned")),
        list(validated.order_by().values_list("indicator", "period", "value")),
    )


def evaluate() -> None:
    evaluate_country(period=PERIOD, policy=policy_on(PERIOD.end))
