"""Reads about people."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db.models import QuerySet
from django.urls import reverse

from sigpret.apps.accounts.models import User


def demo_people() -> QuerySet[User]:
    """The invented people of the demonstration, in the order they were made."""
    return User.objects.filter(is_demo=True, is_active=True).order_by("pk")


def id_of_address(email: str) -> int | None:
    """Whose e-mail address this is, whatever its case; None when it is nobody's."""
    return User.objects.filter(email__iexact=email.strip()).values_list("pk", flat=True).first()


def password_path(user: User) -> str:
    """Where this person chooses a new password, without the host; it works once, for days."""
    key = default_token_generator.make_token(user)
    place = {"uidb36": user_pk_to_url_str(user), "key": key}
    return reverse("account_reset_password_from_key", kwargs=place)
