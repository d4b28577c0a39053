"""What the search finds of quarters, and what each person can do in the one that is open."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.institutions.queries import Access, first_place, institution_of
from sigpret.apps.monitoring.models import ReportingRound
from sigpret.apps.monitoring.permissions import (
    FOLLOWERS,
    can_close_round,
    can_review,
    can_write_report,
)
from sigpret.apps.monitoring.queries import RoundFacts, current_round
from sigpret.apps.monitoring.queries.sheet import SubjectKind
from sigpret.apps.planning.models import ProductTarget
from sigpret.methodology.periods import Period
from sigpret.web.dates import date_words, deadline_words, period_name, period_words
from sigpret.web.navigation import address
from sigpret.web.search import Kind, SearchHit, SearchWords

MOST = 4


def round_hits(access: Access, words: SearchWords) -> Iterator[SearchHit]:
    """Quarters by their name ("III trimestre de 2026"): one's report, or how each one was left;
    one statement."""
    if not access.roles:
        return
    rows = ReportingRound.objects.order_by("-period").values_list("period", "state", "closes_at")
    meant = [row for row in rows if words.match(named(row[0]))][:MOST]
    own = first_place(access)
    for code, state, closes_at in meant:
        period = Period.parse(code)
        url = quarter_url(access, period, own.code if own else "")
        if url:
            yield SearchHit(
                Kind.ROUND,
                period_words(code).capitalize(),
                url,
                _("cerrado")
                if state == ReportingRound.State.CLOSED
                else _("abierto hasta el %(day)s") % {"day": date_words(closes_at)},
                icon="calendar",
            )


def named(code: str) -> str:
    """A quarter with every name people give it."""
    period = Period.parse(code)
    return f"{period.label} trimestre {period.number} T{period.number} {code} reporte informe"


def quarter_url(access: Access, period: Period, institution: str) -> str:
    if institution:
        return reverse("monitoring:report", args=(institution, period.year, period.number))
    if access.has(*FOLLOWERS) and address("monitoring:deliveries"):
        return f"{reverse('monitoring:deliveries')}?periodo={period.code}"
    return ""


def row_hits(access: Access, words: SearchWords) -> Iterator[SearchHit]:
    """`Reportar «Sitios con banda ancha»`: the products of the person's report that have the
    words; one statement, for those who write one."""
    own = first_place(access)
    if own is None or not can_write_report(access, own.pk):
        return
    found = SearchQuery(words.query, config="simple", search_type="raw")
    targets = ProductTarget.objects.annotate(worded=SearchVector("product__stems", config="simple"))
    rows = targets.filter(
        worded=found,
        period=Subquery(open_round()),
        product__operational_objective__objective__plan__institution=own.pk,
    )
    for product, name, code in rows.order_by("product").values_list(
        "product", "product__name", "period"
    )[:MOST]:
        period, key = Period.parse(code), f"{SubjectKind.PRODUCT}-{product}"
        report = reverse("monitoring:report", args=(own.code, period.year, period.number))
        words_of = {"period": period_name(period), "name": shortened(name)}
        title = _("Reportar el %(period)s de «%(name)s»") % words_of
        yield SearchHit(Kind.ACTION, title, f"{report}?dato={key}#{key}", icon="pencil")


def open_round() -> QuerySet[ReportingRound, Any]:
    """The quarter that is being reported, as part of another statement."""
    rounds = ReportingRound.objects.filter(state=ReportingRound.State.OPEN)
    return rounds.order_by("-period").values("period")[:1]


def shortened(name: str, letters: int = 60) -> str:
    return name if len(name) <= letters else f"{name[: letters - 1].rstrip()}…"


def monitoring_actions(access: Access, now: datetime) -> Iterator[SearchHit]:
    """What the person can do in the quarter people work on; two statements at most."""
    round_ = current_round(now)
    if round_ is None or round_.is_closed:
        return
    yield from reporting_actions(access, round_)
    if can_review(access):
        yield action(
            _("Validar reportes del %(period)s"), round_, "monitoring:review_queue", "check"
        )
    if access.has(*FOLLOWERS) and address("monitoring:deliveries"):
        yield action(
            _("Seguir las entregas del %(period)s"), round_, "monitoring:deliveries", "people"
        )
    if can_close_round(access):
        yield action(_("Cerrar el %(period)s"), round_, "evaluation:current_closing", "lock")


def reporting_actions(access: Access, round_: RoundFacts) -> Iterator[SearchHit]:
    institution = institution_of(access) if access.institutions else None
    if institution is None or not can_write_report(access, institution.pk):
        return
    place = [institution.code, round_.period.year, round_.period.number]
    until = _("hasta el %(deadline)s") % {"deadline": deadline_words(round_.closes_at)}
    period = {"period": period_name(round_.period)}
    yield SearchHit(
        Kind.ACTION,
        _("Reportar el %(period)s") % period,
        reverse("monitoring:report", args=place),
        until,
        icon="pencil",
    )
    yield SearchHit(
        Kind.ACTION,
        _("Revisar y enviar el reporte del %(period)s") % period,
        reverse("monitoring:report_submit", args=place),
        icon="signature",
    )
    if library := address("monitoring:evidence_library"):
        yield SearchHit(Kind.ACTION, _("Adjuntar o buscar evidencias"), library, icon="clip")


def action(words: str, round_: RoundFacts, url_name: str, icon: str) -> SearchHit:
    return SearchHit(
        Kind.ACTION, words % {"period": period_name(round_.period)}, address(url_name), icon=icon
    )
