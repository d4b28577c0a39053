"""Reads about people."""

from django.db.models import QuerySet

from sigpret.apps.accounts.models import User


def demo_people() -> QuerySet[User]:
    """The invented people of the demonstration, in the order they were made."""
    return User.objects.filter(is_demo=True, is_active=True).order_by("pk")
