"""What the search finds of institutions and of the products of their plans."""

from collections.abc import Iterator

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.models import Product
from sigpret.apps.planning.permissions import can_read_plan, reads_every_plan
from sigpret.web.search import Kind, SearchHit, SearchWords

MOST_PRODUCTS, MOST_INSTITUTIONS = 6, 5
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

    A hundred rows, read whole in one statement.
    """
    rows = (
        Institution.objects.filter(reachable(access))
        .annotate(year=Max("plans__fiscal_year"))
        .order_by("code")
        .values_list("pk", "code", "name", "acronym", "year")
    )
    shown = 0
    for pk, code, name, acronym, year in rows:
        if not year or not can_read_plan(access, pk) or not is_meant(words, code, name, acronym):
            continue
        yield SearchHit(
            Kind.INSTITUTION,
            name,
            reverse("planning:plan", args=(year, code)),
            " · ".join(filter(None, (code, acronym, _("POA %(year)s") % {"year": year}))),
            icon="institution",
        )
        shown += 1
        if shown == MOST_INSTITUTIONS:
            return


def reachable(access: Access) -> Q:
    return Q() if reads_every_plan(access) else Q(pk__in=list(access.institutions))


def is_meant(words: SearchWords, code: str, name: str, acronym: str) -> bool:
    return words.match(f"{code} {acronym} {name}")
