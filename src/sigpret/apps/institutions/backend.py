"""Finds who a session is of together with where they work, which every request asks next."""

from allauth.account.auth_backends import AuthenticationBackend

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.queries import person_with_memberships


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]
    """Signs in as allauth does; reads a signed-in person and their memberships at once."""

    def get_user(self, user_id: int) -> User | None:
        person = person_with_memberships(user_id)
        return person if person and self.user_can_authenticate(person) else None
