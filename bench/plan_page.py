"""The page of a plan of 200 products: few statements, light, and near a bare template."""

import gzip
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from bench.databases import bench_database
from bench.measurement import Measurement, interleaved_medians
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.planning.models import AnnualPlan, Product, ProductTarget
from sigpret.apps.planning.queries.outline import outline_of, plan_called
from sigpret.apps.planning.views.place import Place
from sigpret.apps.planning.views.plan import TEMPLATE, asked_page, context_of
from sigpret.demonstration.quarters import NOW
from sigpret.web.http import render_page

RATIO_BUDGET = 6.0
STATEMENT_BUDGET = 15
WEIGHT_BUDGET = 150
PRODUCTS, PAGES = 200, 7
PLANNER, CODE, YEAR = "luis.benitez@demo.hn", "414", 2028
PATH = f"/poa/{YEAR}/{CODE}"


def measure() -> list[Measurement]:
    """The editable page as its planner gets it, against its template over objects in memory."""
    bench_database(1)
    institution = Institution.objects.get(code=CODE)
    large_plan(institution)
    reader = planner()
    with CaptureQueriesContext(connection) as captured:
        page = reader()
    # Counted now: the next request empties the log.
    statements = len(captured)
    weight = len(gzip.compress(page)) / 1000
    ours, bare = interleaved_medians(reader, bare_page(institution), runs=PAGES)
    note = f"{ours * 1000:.0f} ms against {bare * 1000:.0f} ms of the template alone"
    return [
        Measurement("plan_page", ours / bare, RATIO_BUDGET, note),
        Measurement("plan_page_sql", statements, STATEMENT_BUDGET, "statements of the whole page"),
        Measurement("plan_page_kb", weight, WEIGHT_BUDGET, "kilobytes of HTML, gzipped"),
    ]


def large_plan(institution: Institution) -> None:
    """200 products under four objectives, each with its quarters; made once per database."""
    plan, is_new = AnnualPlan.objects.get_or_create(institution=institution, fiscal_year=YEAR)
    if not is_new:
        return
    pattern = Product.objects.select_related("unit_of_measure", "periodicity").first()
    groups = [make_group(plan, number) for number in range(1, 5)]
    rows = Product.objects.bulk_create(
        Product(
            operational_objective=groups[number % 4],
            number=number,
            name=f"Informes de avance del componente {number} elaborados y publicados",
            unit_of_measure=pattern.unit_of_measure,
            periodicity=pattern.periodicity,
            annual_output=8,
        )
        for number in range(1, PRODUCTS + 1)
    )
    ProductTarget.objects.bulk_create(
        ProductTarget(product=row, period=f"{YEAR}-Q{quarter}", planned=2)
        for row in rows
        for quarter in range(1, 5)
    )


def make_group(plan: AnnualPlan, number: int):
    objective = plan.objectives.create(number=number, text=f"Mejorar los servicios {number}")
    objective.results.create(number=1, text="Servicios más cerca de la población")
    return objective.operational_objectives.create(number=1, text="Atender en el territorio")


def planner() -> Callable[[], bytes]:
    """A signed-in browser of the institution's planner on that page."""
    browser = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
    person = get_user_model().objects.get(email=PLANNER)
    browser.force_login(person, settings.AUTHENTICATION_BACKENDS[-1])

    def look() -> bytes:
        response = browser.get(PATH)
        if response.status_code != 200:
            raise RuntimeError(f"the plan answered {response.status_code}")
        return response.content

    look()
    return look


def bare_page(institution: Institution) -> Callable[[], object]:
    """The same page from objects that are already in memory: what Django itself takes."""
    request = request_for(PATH)
    outline = outline_of(plan_called(CODE, YEAR))
    place = Place(institution, YEAR, outline, request.access)
    context = context_of(request, place, asked_page(request, place))

    def draw() -> object:
        return render_page(request, TEMPLATE, context)

    with CaptureQueriesContext(connection) as captured:
        draw()
    # The bell counts what is unread on every page.
    if len(captured) > 1:
        asked = "; ".join(query["sql"][:120] for query in captured)
        raise RuntimeError(f"the page in memory asks the database: {asked}")
    return draw


def request_for(path: str) -> HttpRequest:
    """A request as the middleware leaves it."""
    request = RequestFactory(SERVER_NAME=settings.ALLOWED_HOSTS[0]).get(path)
    person = get_user_model().objects.get(email=PLANNER)
    access = access_of(person, on=NOW.date())
    request.user, request.access, request.roles = person, access, access.roles
    request.now, request.as_of, request.session = NOW, NOW.date(), {}
    request._messages = FallbackStorage(request)
    return request
