"""What a view may assume."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, connection
from django.http import HttpResponse
from django.test import RequestFactory

from sigpret.web.http import is_fragment, read_only, role_required, whole_number


@role_required("analyst", "administrator")
def review(request):
    return HttpResponse("revisión")


def request_by(*roles: str, signed_in: bool = True, **headers: str):
    request = RequestFactory().get("/validar/?estado=todos", headers=headers)
    request.user = SimpleNamespace(is_authenticated=signed_in)
    request.roles = frozenset(roles)
    return request


def test_a_role_opens_its_page():
    assert review(request_by("analyst")).content.decode() == "revisión"


def test_another_role_is_refused_with_a_sentence():
    with pytest.raises(PermissionDenied, match="Su papel en el sistema no incluye esta página"):
        review(request_by("registrar"))


def test_nobody_is_sent_to_sign_in_and_brought_back():
    response = review(request_by(signed_in=False))
    assert response.status_code == 302
    assert response.headers["Location"].endswith("next=/validar/%3Festado%3Dtodos")


def test_roles_that_nobody_set_open_nothing():
    request = request_by("analyst")
    del request.roles
    with pytest.raises(PermissionDenied):
        review(request)


def test_a_view_tells_the_authorisation_table_whom_it_lets_in():
    assert review.allowed_roles == {"analyst", "administrator"}


@pytest.mark.django_db
def test_the_database_itself_refuses_to_write_in_a_read_only_view():
    @read_only
    def sneaky(request):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_session")
        return HttpResponse()

    with pytest.raises(InternalError, match="read-only transaction"):
        sneaky(RequestFactory().get("/"))


@pytest.mark.django_db
def test_after_a_read_only_view_the_connection_writes_again():
    read_only(lambda request: HttpResponse())(RequestFactory().get("/"))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_session")


def test_a_read_only_view_answers_no_post():
    refused = read_only(lambda request: HttpResponse())(RequestFactory().post("/"))
    assert refused.status_code == 405


@pytest.mark.parametrize(
    ("htmx", "expected"),
    [
        (None, False),
        (SimpleNamespace(boosted=False, __bool__=lambda: True), True),
        (SimpleNamespace(boosted=True), False),
    ],
)
def test_a_boosted_link_asks_for_the_whole_page(htmx, expected):
    request = RequestFactory().get("/")
    request.htmx = htmx
    assert is_fragment(request) is expected


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0", 0),
        ("12", 12),
        ("007", 7),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("1" * 5000, None),
        ("²", None),
        ("٣", None),
        ("-1", None),
        ("1.5", None),
        (" 1", None),
        ("", None),
    ],
)
def test_an_identifier_is_a_whole_number_of_its_length_or_none(typed, number):
    assert whole_number(typed) == number


def test_a_page_may_be_shorter_than_an_identifier():
    assert whole_number("12345", digits=4) is None
