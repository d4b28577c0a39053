"""The full evaluation of the country against reading the values it is made of."""

from bench.databases import bench_database
from bench.measurement import Measurement, interleaved_medians
from sigpret.apps.monitoring.models import ReportedValue
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.queries.evaluation import evaluate_country
from sigpret.apps.monitoring.queries.measures import indicator_measures
from sigpret.apps.reference.queries import policy_on
from sigpret.apps.results.models import Alignment, Indicator, IndicatorTarget
from sigpret.apps.results.queries import alignment_links
from sigpret.demonstration.quarters import OPEN
from sigpret.methodology.periods import Period

BUDGET = 3.0
READING_BUDGET = 2.0
RUNS = 11
PERIOD = Period.parse(OPEN)
DEFINITION = ("accumulation", "across_years", "sense", "baseline", "tolerance")


def measure() -> list[Measurement]:
    """Every goal with its official figure, the reason of it, and what is contributed to it.

    The second line keeps the first honest: reading values is hardly more than reading rows.
    """
    bench_database(1)
    rows, values, evaluation = interleaved_medians(read_rows, read_values, evaluate, runs=RUNS)
    return [
        Measurement(
            "national_evaluation",
            evaluation / values,
            BUDGET,
            f"{evaluation * 1000:.0f} ms against {values * 1000:.0f} ms of reading its values",
        ),
        Measurement(
            "national_evaluation_reading",
            values / rows,
            READING_BUDGET,
            f"values with their periods against plain rows, {rows * 1000:.0f} ms",
        ),
    ]


def evaluate() -> None:
    evaluate_country(period=PERIOD, policy=policy_on(PERIOD.end))


def read_values() -> tuple[object, ...]:
    """What an evaluation reads: the series of every indicator, and what serves what."""
    return indicator_measures(until=PERIOD), alignment_links()


def read_rows() -> tuple[list[object], ...]:
    """The same tables as plain tuples, as cheap as the framework can read them."""
    validated = ReportedValue.objects.filter(
        indicator__isnull=False, state=ReportState.VALIDATED, period__lte=OPEN
    )
    targets, links = IndicatorTarget.objects.order_by(), Alignment.objects.order_by()
    return (
        list(Indicator.objects.order_by().values_list("pk", "goal__code", *DEFINITION)),
        list(targets.values_list("indicator", "period", "planned")),
        list(validated.order_by().values_list("indicator", "period", "value")),
        list(links.values_list("child__code", "parent__code", "weight", "rollup_rule")),
    )
