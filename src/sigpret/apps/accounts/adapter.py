"""Accounts are given by the administration: nobody signs up alone. Every attempt is noted."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.passwords import end_what_was_opened
from sigpret.apps.accounts.queries import id_of_address
from sigpret.apps.accounts.sign_in_log import Outcome, note
from sigpret.web import clock
from sigpret.web.session import begin


class ClosedSignupAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """The person is in: after the second factor, when there is one."""
        super().login(request, user)
        begin(request)
        note(request, Outcome.ENTERED, user_id=user.pk, address=self.get_client_ip(request))

    @transaction.atomic
    def set_password(self, user: User, password: str) -> None:
        """Changed or reset: who had the old one keeps nothing that was opened with it."""
        super().set_password(user, password)
        end_what_was_opened(user, clock.now())

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            self.note_refusal(request, Outcome.TOO_MANY, credentials)
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        self.note_refusal(request, Outcome.FAILED, credentials)

    def note_refusal(
        self, request: HttpRequest, outcome: Outcome, credentials: dict[str, Any]
    ) -> None:
        known = id_of_address(credentials.get("email") or "")
        note(request, outcome, user_id=known, address=self.get_client_ip(request))
