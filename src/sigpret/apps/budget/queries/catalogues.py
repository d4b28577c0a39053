"""The codes a budget is written with, to choose from."""

from sigpret.apps.reference.models import ExpenseObject, FundingSource, UnitOfMeasure


def source_choices() -> tuple[tuple[int, str], ...]:
    return tuple((one.pk, str(one)) for one in FundingSource.objects.order_by("code"))


def object_choices() -> tuple[tuple[int, str], ...]:
    """The objects nothing hangs from: what is bought is keyed at the end of the tree."""
    rows = ExpenseObject.objects.filter(children__isnull=True).order_by("code")
    return tuple((one.pk, str(one)) for one in rows)


def unit_choices() -> tuple[tuple[int, str], ...]:
    return tuple((one.pk, str(one)) for one in UnitOfMeasure.objects.order_by("name"))
