"""What the search finds of goals, institutions and sectors, within what a person may open."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import (
    Case,
    CharField,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from sigpret.apps.institutions.models import Sector
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.models import GoalAchievement, ReportingRound
from sigpret.apps.results.models import Goal, Indicator
from sigpret.apps.results.permissions import can_read_goal, readable_goals
from sigpret.web.navigation import address
from sigpret.web.search import Kind, SearchHit, SearchWords

MOST_GOALS, MOST_SHEETS, MOST_SECTORS, MOST_READ = 8, 4, 4, 200
LEVELS = {level: place for place, level in enumerate(("presidential", "sectoral", "institutional"))}


class PlainName(Func):
    """A name in lower case without accents, as the stems of a search are."""

    template = "translate(lower(%(expressions)s), 'áéíóúü', 'aeiouu')"
    output_field = CharField()


def goal_hits(access: Access, words: SearchWords) -> Iterator[SearchHit]:
    """Goals of every level by their words or their code, with today's status; one statement.

    One's own come first, then from the top of the chain down.
    """
    if not access.roles:
        return
    allowed = readable_goals(access)
    # Nothing forbidden is an empty condition, and an empty one adds nothing to another.
    readable = Goal.objects.filter(allowed and (allowed | ~Q(level="institutional")))
    goals = worded_goals(words).filter(pk__in=readable.order_by().values("pk"))
    rows = (
        goals.annotate(
            status=Subquery(stored_status()),
            is_far=Case(
                When(institution_id__in=list(access.institutions), then=Value(0)), default=Value(1)
            ),
            height=Case(*(When(level=name, then=Value(place)) for name, place in LEVELS.items())),
        )
        .order_by("is_far", "height", "code")
        .values_list(
            "code", "text", "institution__acronym", "sector__name", "status",
            "institution_id", "sector_id",
        )[:MOST_GOALS]
    )  # fmt: skip
    for code, text, acronym, sector, status, institution, sector_id in rows:
        if can_read_goal(access, institution_id=institution, sector_id=sector_id):
            yield SearchHit(
                Kind.GOAL,
                text,
                reverse("evaluation:goal", args=(code,)),
                detail=f"{code} · {acronym or sector}",
                status=status or "not_due",
            )


def goal_texts(access: Access) -> Iterator[str]:
    """What the goals a person reads say, for a search with a wrong letter; one statement."""
    if access.roles:
        rows = Goal.objects.filter(readable_goals(access)).order_by("pk").distinct("pk")
        yield from rows.values_list("text", flat=True)


def worded_goals(words: SearchWords) -> QuerySet[Goal]:
    """The goals whose text has every word, or whose code begins as it was typed."""
    found = SearchQuery(words.query, config="simple", search_type="raw")
    return Goal.objects.annotate(worded=SearchVector("stems", config="simple")).filter(
        Q(worded=found) | Q(code__istartswith=words.text)
    )


def stored_status() -> QuerySet[GoalAchievement, Any]:
    """A goal's own status in the last quarter opened, as part of another statement."""
    last = ReportingRound.objects.order_by("-period").values("period")[:1]
    return GoalAchievement.objects.filter(goal=OuterRef("pk"), period=Subquery(last)).values(
        "own_status"
    )[:1]


def sector_hits(access: Access, words: SearchWords) -> Iterator[SearchHit]:
    """Sectors by any word of their name: they lead to their goals in the matrix; one statement."""
    matrix = address("results:table")
    if not access.roles or not matrix:
        return
    rows = Sector.objects.order_by("name").values_list("code", "name")
    found = [row for row in rows if words.match(f"{row[0]} {row[1]}")]
    for code, name in found[:MOST_SECTORS]:
        asked = urlencode({"sector": code})
        yield SearchHit(Kind.INSTITUTION, name, f"{matrix}?{asked}", _("sector"), icon="grid")


def sheet_hits(access: Access, words: SearchWords) -> Iterator[SearchHit]:
    """Sheets of indicators by the indicator's own name; one statement, small and read in order.

    Names are compared here and not in the database: only goals keep their stems.
    """
    if not access.roles or not words or not address("results:table"):
        return
    like = Q()
    for stem in words.stems:
        like &= Q(plain_name__contains=stem)
    rows = (
        Indicator.objects.annotate(plain_name=PlainName("name"))
        .filter(like)
        .order_by("goal__code")
        .values_list("goal__code", "name", "goal__institution_id", "goal__sector_id")
    )
    readable = (
        row
        for row in rows[:MOST_READ]
        if can_read_goal(access, institution_id=row[2], sector_id=row[3]) and words.match(row[1])
    )
    for code, name, _institution, _sector in islice(readable, MOST_SHEETS):
        url = reverse("results:sheet", args=(code,))
        yield SearchHit(
            Kind.GOAL, name, url, _("ficha de %(code)s") % {"code": code}, icon="target"
        )
