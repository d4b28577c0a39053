"""What each person chose, and the private address of their calendar."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from icalendar import Calendar

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.notices import duties
from sigpret.apps.notices.kinds import all_kinds
from sigpret.apps.notices.models import CalendarFeed, Preference
from sigpret.web.pending import PendingTask
from tests.apps.notices.kinds import PARCEL
from tests.apps.notices.test_notify import AT
from tests.factories.institutions import make_institution, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_user(Role.REGISTRAR, institution=make_institution())


@pytest.fixture
def page(client, person):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def everything(**changes) -> dict[str, str]:
    """The form as it would be sent with nothing changed, and then these changes."""
    said = {f"app-{kind.code}": "on" for kind in all_kinds() if kind.is_listed}
    said |= {f"email-{kind.code}": kind.email.value for kind in all_kinds()}
    return {key: value for key, value in (said | changes).items() if value}


class TestPreferences:
    def test_only_kinds_that_concern_the_person_are_offered(self, page):
        shown = page.get(reverse("notices:preferences")).content.decode()
        assert "DIGER me devuelve un dato" in shown
        assert "Piden una prórroga" not in shown

    def test_what_is_chosen_is_kept(self, page, person):
        said = everything(**{"email-parcel": "digest", "app-parcel": ""})
        assert page.post(reverse("notices:preferences"), said).status_code == 302
        kept = Preference.objects.filter(user=person, kind=PARCEL.code)
        assert dict(kept.values_list("channel", "mode")) == {"app": "off", "email": "digest"}
        assert AuditEvent.objects.filter(action="notices.preferences_saved").count() == 1

    def test_saving_twice_changes_nothing_the_second_time(self, page):
        for _ in range(2):
            page.post(reverse("notices:preferences"), everything())
        assert AuditEvent.objects.filter(action="notices.preferences_saved").count() == 1

    def test_an_invented_choice_is_refused(self, page, person):
        said = everything(**{"email-parcel": "tomorrow"})
        assert page.post(reverse("notices:preferences"), said).status_code == 422
        assert not Preference.objects.filter(user=person).exists()


class TestCalendar:
    @pytest.fixture(autouse=True)
    def tasks(self, monkeypatch):
        """Each person has one deadline of their own and one task without any."""
        cache.clear()

        def tasks_of(person, now):
            due = PendingTask(
                title=f"Reporte de {person.full_name}",
                url="/reporte",
                action="Abrir",
                detail="Karla: «en secreto»",
                due_at=AT + timedelta(days=3),
            )
            return [due, PendingTask(title="Sin fecha", url="/otra", action="Abrir")]

        monkeypatch.setattr(duties, "_PROVIDERS", [tasks_of])

    def address(self, page) -> str:
        shown = page.post(reverse("notices:new_calendar")).content.decode()
        return re.search(r"/calendario/[\w-]+\.ics", shown)[0]

    def test_it_has_the_deadlines_of_the_person_and_nothing_else(self, page, client, person):
        address = self.address(page)
        client.logout()
        answer = client.get(address)
        calendar = Calendar.from_ical(answer.content)
        (event,) = calendar.walk("VEVENT")
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert calendar["METHOD"] == "PUBLISH"
        assert event["SUMMARY"] == f"Reporte de {person.full_name}"
        assert "secreto" not in answer.content.decode()

    def test_the_address_of_one_never_shows_another(self, page, client, person):
        mine = self.address(page)
        other = make_user()
        client.force_login(other, backend="django.contrib.auth.backends.ModelBackend")
        theirs = self.address(client)
        assert person.full_name in client.get(mine).content.decode()
        assert other.full_name not in client.get(mine).content.decode()
        assert person.full_name not in client.get(theirs).content.decode()

    def test_only_a_digest_of_the_token_is_kept(self, page):
        token = self.address(page).split("/")[-1].removesuffix(".ics")
        kept = CalendarFeed.objects.get()
        assert token not in (kept.token_digest, str(kept))
        assert len(token) >= 43
        assert token not in str(list(AuditEvent.objects.values_list("payload", flat=True)))

    def test_the_token_is_shown_once(self, page):
        address = self.address(page)
        assert address not in page.get(reverse("notices:preferences")).content.decode()

    def test_a_new_address_ends_the_old_one(self, page):
        old, new = self.address(page), self.address(page)
        assert [page.get(old).status_code, page.get(new).status_code] == [404, 200]

    def test_an_ended_address_opens_nothing(self, page):
        address = self.address(page)
        page.post(reverse("notices:end_calendar"))
        assert page.get(address).status_code == 404

    def test_who_may_not_enter_has_no_calendar_either(self, page, client, person):
        address = self.address(page)
        person.is_active = False
        person.save(update_fields=["is_active"])
        assert client.get(address).status_code == 404

    def test_asking_all_the_time_is_refused(self, client):
        codes = [client.get("/calendario/adivinar.ics").status_code for _ in range(31)]
        assert codes[:30] == [404] * 30
        assert codes[30] == 429

    def test_ending_twice_is_ending_once(self, page):
        self.address(page)
        for _ in range(2):
            page.post(reverse("notices:end_calendar"))
        assert AuditEvent.objects.filter(action="notices.calendar_revoked").count() == 1
