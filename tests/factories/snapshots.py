"""Published figures for tests of what citizens see."""

import zlib
from datetime import UTC, datetime

from sigpret.apps.monitoring.models import Closing, ReportingRound, Snapshot
from tests.factories.monitoring import make_round

EXPLANATION = {
    "rule": "ascending",
    "template": "Ejecutado %(executed)s ÷ programado %(planned)s = %(value)s",
    "params": {"executed": "742", "planned": "900", "value": "82.44"},
    "parts": [],
}


CLOSED_AT = datetime(2026, 7, 16, 23, 0, tzinfo=UTC)


def make_closed_round(period: str = "2026-Q2", **closing) -> ReportingRound:
    """A round with its first edition, published when it closed unless `closing` says otherwise."""
    closed = make_round(
        period,
        state=ReportingRound.State.CLOSED,
        closed_at=CLOSED_AT,
        digest="d" * 64,
        policy_version="hn-2026",
    )
    facts = {"edition": 1, "closed_at": CLOSED_AT, "published_at": CLOSED_AT, "digest": "d" * 64}
    Closing.objects.create(round=closed, **(facts | closing))
    return closed


def make_grade(round_: ReportingRound, code: str, band: str | None) -> Snapshot:
    """The grade of an institution as a closing keeps it, told by its band."""
    return Snapshot.objects.create(
        round=round_,
        kind=Snapshot.Kind.INSTITUTION,
        subject_id=zlib.crc32(code.encode()),
        code=code,
        payload={"code": code, "name": f"Instituto {code}", "grade": "81.5", "band": band},
    )


def make_promise(
    round_: ReportingRound, slug: str = "escuelas", *, without: tuple[str, ...] = (), **changes
) -> Snapshot:
    """A published presidential goal; `changes` replace parts of its payload, `without` drops."""
    payload = {
        "code": f"P-{slug}",
        "slug": slug,
        "level": "presidential",
        "text": f"Reparar {slug}",
        "is_prioritised": False,
        "sector": {"code": "S05", "name": "Educación", "slug": "educacion"},
        "responsible": {"code": "050", "name": "Secretaría de Educación"},
        "responsible_unit": "Dirección de Infraestructura",
        "indicator": {
            "name": "Escuelas reparadas",
            "unit": "escuelas",
            "sense": "ascending",
            "source": "Registro de obras",
            "means_of_verification": "Actas de recepción",
        },
        "annual_target": "1200",
        "planned_to_date": "900",
        "executed_to_date": "742",
        "programme": [
            {"period": f"2026-Q{quarter}", "planned_to_date": str(300 * quarter)}
            for quarter in range(1, 5)
        ],
        "series": [
            {
                "period": round_.period,
                "planned": "300",
                "executed": "181",
                "planned_to_date": "900",
                "executed_to_date": "742",
                "achievement": "82.44",
                "status": "at_risk",
            }
        ],
        "own": {"value": "82.44", "status": "at_risk", "explanation": EXPLANATION},
        "contributed": {"value": None, "status": "not_due", "explanation": None},
        "is_inconsistent": False,
        "cause": None,
        "review": None,
        "reported_on": "2026-07-10",
        "validated_on": "2026-07-14",
        "policy_version": "hn-2026",
    } | changes
    payload = {key: value for key, value in payload.items() if key not in without}
    return Snapshot.objects.create(
        round=round_,
        kind=Snapshot.Kind.GOAL,
        subject_id=zlib.crc32(slug.encode()),
        code=payload["code"],
        level="presidential",
        slug=slug,
        payload=payload,
    )
