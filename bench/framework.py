"""The workload of the matrix's promises: one presidential framework handed down to everybody.

10 presidential goals with an indicator each for every axis → the 22 sectors of their axes → 97
institutions, four quarters, and 970 values reported for one of them. At another scale there are
that many times as many institutions.
"""

from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from bench.databases import fingerprint, use
from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.models import Institution, Sector
from sigpret.apps.institutions.queries import Access, access_of
from sigpret.apps.monitoring.actions import evaluate_period
from sigpret.apps.monitoring.models import ProgressReport, ReportedValue, ReportingRound
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.reference.queries import policy_for
from sigpret.apps.results.actions import hand_down
from sigpret.apps.results.actions.copying import copy_rows
from sigpret.apps.results.models import Goal, Indicator, IndicatorTarget
from sigpret.demonstration.catalogue import read_catalogue
from sigpret.demonstration.country import invent_country
from sigpret.demonstration.loader import DEFAULT_SEED
from sigpret.demonstration.quarters import NOW, OPEN
from sigpret.demonstration.tables.structure import (
    store_catalogues,
    store_institutions,
    store_people,
)
from sigpret.methodology.periods import Period

INDICATORS = 10
QUARTERS = tuple(f"2026-Q{number}" for number in (1, 2, 3, 4))
PERIODS = tuple(Period.parse(code) for code in QUARTERS)
REPORTED = Period.parse(OPEN)
PLANNED, EXECUTED = Decimal(970), Decimal("2.5")


def framework_database(scale: int = 1, *, name: str = "framework", is_reported: bool = True) -> str:
    """Point Django at the workload; its name. Without reports nothing is handed down yet."""
    name = f"sigpret_bench_{name}_{scale}"
    stamp = fingerprint()
    use("postgres")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [name],
        )
        found = cursor.fetchone()
        if found and found[0] == stamp:
            use(name)
            return name
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    use(name)
    call_command("migrate", verbosity=0)
    load_framework(scale)
    if is_reported:
        hand_everything_down()
        report_everything()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute(f"COMMENT ON DATABASE {name} IS '{stamp}'")
    return name


def load_framework(scale: int) -> None:
    """The State and its people, and the presidential goals nobody has received yet."""
    country = invent_country(read_catalogue(settings.CATALOGUES), seed=DEFAULT_SEED, scale=scale)
    store_catalogues(country.catalogue)
    store_people(country, store_institutions(country))
    responsible = Institution.objects.order_by("code")[0]
    goals = Goal.objects.bulk_create(
        Goal(
            code=f"MP-{axis}-{number:02}",
            slug=f"meta-{axis}-{number:02}",
            level=Goal.Level.PRESIDENTIAL,
            text=f"Meta presidencial {number} del eje {axis}",
            sector_id=sectors[0],
            chain_position=Goal.ChainPosition.RESULT,
        )
        for axis, sectors in sectors_of_axes().items()
        for number in range(INDICATORS)
    )
    indicators = Indicator.objects.bulk_create(
        Indicator(
            goal=goal,
            responsible=responsible,
            name=f"Indicador de {goal.text}",
            unit="sitio",
            sense=Indicator.Sense.ASCENDING,
            accumulation=Indicator.Accumulation.SUM,
            across_years=Indicator.AcrossYears.FLOW,
        )
        for goal in goals
    )
    IndicatorTarget.objects.bulk_create(
        IndicatorTarget(indicator=indicator, period=period, planned=PLANNED * scale)
        for indicator in indicators
        for period in QUARTERS
    )


def somebody(role: str) -> tuple[User, Access]:
    """A person of that role, and what they may do."""
    person = User.objects.filter(memberships__role=role).order_by("pk")[0]
    return person, access_of(person, on=NOW.date())


def sectors_of_axes() -> dict[str, list[int]]:
    """The sectors of every axis, each in the first one it stands in."""
    axes: dict[str, list[int]] = {}
    for sector in Sector.objects.order_by("code").prefetch_related("blocks__axis"):
        first = min(block.axis.code for block in sector.blocks.all())
        axes.setdefault(first, []).append(sector.pk)
    return axes


def hand_everything_down() -> None:
    actor, access = somebody(Role.ADMINISTRATOR)
    for asked in everybody():
        hand_down(actor=actor, access=access, periods=PERIODS, **asked)


def everybody() -> list[dict[str, list[int]]]:
    """What `hand_down` is asked, axis by axis: its goals, its sectors, every institution."""
    institutions = [*Institution.objects.values_list("pk", flat=True)]
    presidential = Goal.objects.filter(level=Goal.Level.PRESIDENTIAL).order_by("code")
    return [
        {
            "goal_ids": [*presidential.filter(sector__in=sectors).values_list("pk", flat=True)],
            "sector_ids": sectors,
            "institution_ids": institutions,
        }
        for sectors in sectors_of_axes().values()
    ]


def report_everything() -> None:
    """Every institution has sent its ten values of the open quarter; nobody decided yet."""
    opens = REPORTED.end + timedelta(days=1)
    held = ReportingRound.objects.create(
        period=REPORTED.code, opens_on=opens, closes_at=NOW + timedelta(days=3)
    )
    author, _access = somebody(Role.REGISTRAR)
    reports = ProgressReport.objects.bulk_create(
        ProgressReport(
            institution=institution,
            round=held,
            state=ReportState.SUBMITTED,
            submitted_at=NOW,
            submitted_by=author,
        )
        for institution in Institution.objects.order_by("code")
    )
    report_of = {report.institution_id: report.pk for report in reports}
    indicators = Indicator.objects.filter(goal__level=Goal.Level.INSTITUTIONAL).order_by("pk")
    copy_rows(
        ReportedValue,
        (
            *("report", "period", "indicator", "value", "state", "cause_category", "cause"),
            *("observation", "reported_by", "reported_at", "version"),
        ),
        [
            (
                *(report_of[institution], REPORTED.code, pk, EXECUTED, ReportState.SUBMITTED),
                *("", "", "", author.pk, NOW, 1),
            )
            for pk, institution in indicators.values_list("pk", "goal__institution_id")
        ],
    )
    evaluate_period(period=REPORTED, policy=policy_for(REPORTED), at=NOW)
