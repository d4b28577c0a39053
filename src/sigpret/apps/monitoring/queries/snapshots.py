"""What will be kept when a round closes, and reads of what was kept."""

import hashlib
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import chain, islice
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import F

from sigpret.apps.audit.actions import canonical
from sigpret.apps.monitoring.models import ReportedValue, Snapshot
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.queries.editions import kept_snapshots
from sigpret.apps.monitoring.queries.evaluation import (
    CountryEvaluation,
    GoalFigures,
    nothing_to_collect,
)
from sigpret.apps.monitoring.queries.identities import (
    goal_identities,
    indicator_sheets,
    institution_names,
    sector_names,
)
from sigpret.apps.monitoring.queries.kept_chain import ALONE, kept_chains
from sigpret.apps.monitoring.queries.measures import product_measures
from sigpret.apps.monitoring.queries.payloads import (
    UNMEASURED,
    Payload,
    ValidatedValue,
    explained_json,
    measured_json,
    report_json,
)
from sigpret.apps.monitoring.queries.published_evidence import published_evidence
from sigpret.apps.monitoring.queries.subjects import PLAN, plan_products
from sigpret.methodology.achievement import achieve
from sigpret.methodology.periods import Period


class NewSnapshot(NamedTuple):
    """What will be kept of a goal, a product or an institution; see `Snapshot.Kind`."""

    kind: str
    subject_id: int
    code: str
    payload: dict[str, Any]
    level: str = ""
    slug: str = ""


def goal_snapshots(evaluation: CountryEvaluation) -> Iterator[NewSnapshot]:
    """Every goal with its figures, its reasons and what was said about its value."""
    said = validated_values(evaluation.period, "indicator_id")
    chains = kept_chains(evaluation.period.year)
    institutions = institution_names()
    sheets = indicator_sheets(institutions)
    for goal_id, identity in goal_identities(sector_names(), institutions).items():
        figures = evaluation.goals[goal_id]
        known = figures.indicator_id or 0
        yield NewSnapshot(
            kind=Snapshot.Kind.GOAL,
            subject_id=goal_id,
            code=identity["code"],
            level=identity["level"],
            slug=identity["slug"],
            payload={
                **UNMEASURED,
                **identity,
                **sheets.get(known, {}),
                **figures_payload(figures, evaluation),
                **report_json(said.get(known)),
                "chain": chains.get(goal_id, ALONE),
            },
        )


def figures_payload(figures: GoalFigures, evaluation: CountryEvaluation) -> Payload:
    """What a goal reached by itself and through its children, and how its own was measured."""
    if figures.indicator_id is None or figures.achievement is None:
        measured: Payload = {"own": explained_json(figures.own)}
    else:
        measured = measured_json(
            evaluation.measures[figures.indicator_id],
            figures.achievement,
            until=evaluation.period,
            policy=evaluation.policy,
        )
    return {
        **measured,
        "contributed": explained_json(figures.contributed),
        "is_inconsistent": figures.is_inconsistent,
        "policy_version": evaluation.policy.version,
    }


def product_snapshots(evaluation: CountryEvaluation) -> Iterator[NewSnapshot]:
    """Every product of the year's plans with what it had to do and did."""
    period, policy = evaluation.period, evaluation.policy
    said = validated_values(period, "product_id")
    measures = product_measures(until=period)
    for row in product_rows(period):
        measure = measures[row["id"]]
        code = "{institution_code}.{year}.{objective_number}.{number}".format(**row)
        achievement = achieve(measure, as_of=period, policy=policy)
        yield NewSnapshot(
            kind=Snapshot.Kind.PRODUCT,
            subject_id=row["id"],
            code=code,
            payload={
                "code": code,
                "name": row["name"],
                "unit": row["unit"],
                "periodicity": row["every"],
                "objective_number": row["objective_number"],
                "number": row["number"],
                "institution": {"code": row["institution_code"], "name": row["institution"]},
                "policy_version": policy.version,
                **measured_json(measure, achievement, until=period, policy=policy),
                **report_json(said.get(row["id"])),
            },
        )


def product_rows(period: Period) -> list[dict[str, Any]]:
    rows: Any = (
        plan_products(period.year)
        .order_by("pk")
        .values(
            "id",
            "name",
            "number",
            unit=F("unit_of_measure__name"),
            every=F("periodicity__name"),
            objective_number=F("operational_objective__objective__number"),
            year=F(f"{PLAN}__fiscal_year"),
            institution_code=F(f"{PLAN}__institution__code"),
            institution=F(f"{PLAN}__institution__name"),
        )
    )
    return list(rows)


def validated_values(period: Period, subject: str) -> dict[int, ValidatedValue]:
    """What was said about each validated value of the quarter, by the id of its subject."""
    rows = ReportedValue.objects.filter(
        period=period.code, state=ReportState.VALIDATED, **{f"{subject}__isnull": False}
    ).order_by("pk")
    evidence = published_evidence(period, subject)
    stored = [name for name in ValidatedValue._fields if name != "evidence"]
    return {
        row[0]: ValidatedValue._make((*row[1:], evidence.get(row[0], ())))
        for row in rows.values_list(subject, *stored)
    }


def in_order(*sources: Iterable[NewSnapshot]) -> Iterator[NewSnapshot]:
    """By kind, then subject: the order of a closing's digest. Each source comes in that order.

    A source reads all it needs before its first snapshot, and the first of each is made here:
    from then on nothing reads, so that they can be copied as they are made.
    """
    merged = merge(*sources, key=attrgetter("kind", "subject_id"))
    return chain([*islice(merged, 1)], merged)


@nothing_to_collect()
def digest_of_snapshots(snapshots: Iterable[NewSnapshot]) -> str:
    """The SHA-256 a closing would have with just these snapshots, in order; nothing is stored."""
    digest = hashlib.sha256()
    for new in snapshots:
        digest.update(canonical(new.payload).encode())
    return digest.hexdigest()


def digest_of_round(round_id: int, *, edition: int | None = None) -> str:
    """The SHA-256 of what an edition stored: equal to its closing's own if nothing changed.

    Without an edition, of the last closing.
    """
    rows = kept_snapshots() if edition is None else Snapshot.objects.filter(edition=edition)
    digest = hashlib.sha256()
    payloads = (
        rows.filter(round_id=round_id)
        .order_by("kind", "subject_id")
        .values_list("payload", flat=True)
    )
    for payload in payloads.iterator(chunk_size=500):
        digest.update(canonical(payload).encode())
    return digest.hexdigest()
