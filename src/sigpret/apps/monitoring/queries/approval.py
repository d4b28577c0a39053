"""Who has to approve a report before it goes to the results office."""

from datetime import datetime

from sigpret.apps.institutions.queries import Access, approvers_of
from sigpret.apps.monitoring.permissions import can_approve
from sigpret.apps.monitoring.queries.rounds import local_day


def approvers_after(access: Access, institution_id: int, at: datetime) -> tuple[str, ...]:
    """The names of those who approve what this person sends; nobody when it goes straight on."""
    if can_approve(access, institution_id):
        return ()
    people = approvers_of(institution_id, on=local_day(at), besides=access.user_id)
    return tuple(str(person) for person in people)
