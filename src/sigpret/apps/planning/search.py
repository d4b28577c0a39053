"""What the search finds of institutions, of the products of their plans and of what they pursue."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.models import AnnualPlan, Product, StrategicPlan
from sigpret.apps.planning.permissions import can_read_plan, reads_every_plan
from sigpret.web.search import Kind, SearchHit, SearchWords

MOST_PRODUCTS, MOST_INSTITUTIONS, MOST_STRATEGIC = 6, 5, 4
PLAN = "operational_objective__objective__plan"


def product_hits(access: Access, words: SearchWords) -> Iterator[SearchHit]:
    """Products of the plans the person reads, the newest year first; one statement."""
    if not access.institutions and not reads_every_plan(access):
        return
    found = SearchQuery(words.query, config="simple", search_type="raw")
    products = Product.objects.annotate(worded=SearchVector("stems", config="simple"))
    if not reads_every_plan(access):
        products = products.filter(**{f"{PLAN}__institution_id__in": list(access.institutions)})
    rows = (
        products.filter(worded=found)
        .annotate(
            year=F(f"{PLAN}__fiscal_year"),
            institution=F(f"{PLAN}__institution__code"),
            objective=F("operational_objective__objective__number"),
        )
        .order_by("-year", "institution", "objective", "number")
        .values_list("name", "year", "institution", "objective", "number")
    )
    for name, year, institution, objective, number in rows[:MOST_PRODUCTS]:
        detail = _("%(institution)s · producto %(code)s · %(year)s") % {
            "institution": institution,
            "code": f"{objective}.{number}",
            "year": year,
        }
        url = reverse("planning:plan", args=(year, institution))
        yield SearchHit(Kind.PRODUCT, name, url, detail)


def institution_hits(access: Access, words: SearchWords) -> Iterator[SearchHit]:
    """Institutions by code, acronym or any word of their name: they lead to their last plan.

    Then their strategic plans, by the institution or their years, and the objectives of these by
    their words. A hundred rows, read whole in one statement.
    """
    found = [row for row in reachable(access) if can_read_plan(access, row["pk"])]
    meant = (row for row in found if row["year"] and words.match(said_of(row)))
    yield from islice(map(institution_hit, meant), MOST_INSTITUTIONS)
    strategic = (hit for row in found for hit in strategic_hits(words, row))
    # Every row of a plan says the plan; a dictionary says each hit once, in order.
    yield from islice(dict.fromkeys(strategic), MOST_STRATEGIC)


def reachable(access: Access) -> Iterable[Any]:
    """The institutions whose plans the person may read: `strategic` has a row for each objective
    of each strategic plan, the newest first."""
    own = {} if reads_every_plan(access) else {"pk__in": list(access.institutions)}
    plans = AnnualPlan.objects.filter(institution=OuterRef("pk")).order_by("-fiscal_year")
    strategic = StrategicPlan.objects.filter(institution=OuterRef("pk"))
    objective = JSONObject(
        first="first_year",
        last="last_year",
        number="objectives__number",
        text="objectives__text",
    )
    return (
        Institution.objects.filter(**own)
        .annotate(
            year=Subquery(plans.values("fiscal_year")[:1]),
            strategic=ArraySubquery(
                strategic.order_by("-first_year", "objectives__number").values(row=objective)
            ),
        )
        .order_by("code")
        .values("pk", "code", "name", "acronym", "year", "strategic")
    )


def said_of(row: Mapping[str, Any]) -> str:
    return f"{row['code']} {row['acronym']} {row['name']}"


def institution_hit(row: Mapping[str, Any]) -> SearchHit:
    detail = (row["code"], row["acronym"], _("POA %(year)s") % {"year": row["year"]})
    return SearchHit(
        Kind.INSTITUTION,
        row["name"],
        reverse("planning:plan", args=(row["year"], row["code"])),
        " · ".join(filter(None, detail)),
        icon="institution",
    )


def strategic_hits(words: SearchWords, row: Mapping[str, Any]) -> Iterator[SearchHit]:
    """Of one institution."""
    for one in row["strategic"]:
        url = reverse("planning:strategic_plan", args=(row["code"], one["first"]))
        title = _("PEI %(first)s–%(last)s") % one
        if words.match(f"{title} plan estratégico {said_of(row)}"):
            detail = f"{row['code']} · {row['name']}"
            yield SearchHit(Kind.DOCUMENT, title, url, detail, icon="target")
        if one["text"] and words.match(one["text"]):
            said = {"code": row["code"], "number": one["number"], "title": title}
            detail = _("%(code)s · objetivo %(number)s del %(title)s") % said
            at = f"{url}#objetivo-{one['number']}"
            yield SearchHit(Kind.DOCUMENT, one["text"], at, detail, icon="target")
