"""The mesa reads the annual plan of an institution beside the matrix and concludes.

«Revisar los Planes Operativos Anuales, a efecto de considerar su coherencia con los resultados de
la MCR» (guidelines, "Actividades de las mesas").
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.models import Institution
from sigpret.apps.mesas.models import Mesa, PlanReview
from sigpret.apps.mesas.permissions import check_can_write
from sigpret.apps.mesas.queries.plan_reviews import plan_reviews
from sigpret.apps.mesas.queries.standing import Standing

Verdict = PlanReview.Verdict


class ReviewError(Exception):
    """It cannot be concluded; its text is the sentence for the person."""


class StaleReviewError(ReviewError):
    """Somebody concluded since the person read it."""


@dataclass(frozen=True, slots=True)
class Reviewing:
    """Who reads which plan, as they read it, and when."""

    actor: User
    standing: Standing
    institution_code: str
    year: int
    expected_version: int
    at: datetime


@transaction.atomic
def review_plan(*, reviewing: Reviewing, verdict: str, text: str) -> PlanReview:
    """Conclude about a plan; what was found that moment is kept beside the conclusion.

    Raises PermissionDenied, ReviewError, StaleReviewError and Institution.DoesNotExist.
    """
    check_can_write(reviewing.standing)
    mesa = Mesa.objects.select_related("sector").select_for_update(of=("self",)).get(
        pk=reviewing.standing.mesa_id
    )  # fmt: skip
    place = Institution.objects.get(code=reviewing.institution_code, sectors=mesa.sector_id)
    review = PlanReview.objects.filter(mesa=mesa, institution=place, year=reviewing.year).first()
    said = text.strip()
    if review is not None and was_said(review, reviewing, verdict, said):
        return review
    if (review.version if review else 0) != reviewing.expected_version:
        raise StaleReviewError(_("Alguien revisó este POA mientras usted lo leía. Léalo de nuevo."))
    if verdict not in (Verdict.COHERENT, Verdict.WITH_FINDINGS):
        raise ReviewError(_("Elija la conclusión."))
    if verdict == Verdict.WITH_FINDINGS and not said:
        raise ReviewError(_("Escriba qué pide la mesa a la institución."))
    review = review or PlanReview(mesa=mesa, institution=place, year=reviewing.year, version=0)
    found = plan_reviews(mesa, year=reviewing.year, institution_code=place.code)[0].findings
    review.findings = [{"kind": str(one.kind), "count": max(one.count, 1)} for one in found]
    review.verdict, review.note = verdict, said
    review.reviewed_by, review.reviewed_at = reviewing.actor, reviewing.at
    review.version += 1
    review.save()
    record(
        actor=reviewing.actor,
        action="mesas.plan_reviewed",
        subject_type="plan_review",
        subject_id=review.pk,
        payload={
            "mesa_id": mesa.pk,
            "institution_id": place.pk,
            "year": reviewing.year,
            "verdict": review.verdict,
            "findings": review.findings,
            "text": said,
            "version": review.version,
        },
    )
    return review


def was_said(review: PlanReview, reviewing: Reviewing, verdict: str, text: str) -> bool:
    """Is this the same click again?"""
    same = (review.verdict, review.note, review.reviewed_by_id)
    return (
        same == (verdict, text, reviewing.actor.pk)
        and review.version == reviewing.expected_version + 1
    )
