"""What is said, written live by up to several scribes: texts are joined, never dropped."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import answered, remember
from sigpret.apps.mesas.actions.session import MinutesError, note, saved, writable_meeting
from sigpret.apps.mesas.models import AgendaItem, Meeting
from sigpret.apps.mesas.queries.standing import Standing
from sigpret.methodology.mesas.joining import joined

OPENING, CLOSING = "opening", "closing"
FIELDS = {OPENING: "opening_notes", CLOSING: "closing_notes"}
LONGEST_TITLE = 300


class NotesConflictError(MinutesError):
    """Two people changed the same words. `theirs` is stored, `mine` is what was sent now."""

    def __init__(self, theirs: str, mine: str, by: str, at: datetime | None) -> None:
        super().__init__(
            _("%(who)s cambió este texto mientras usted escribía. Los dos siguen aquí.")
            % {"who": by or _("Otra persona")}
        )
        self.theirs, self.mine, self.changed_by, self.changed_at = theirs, mine, by, at


@dataclass(frozen=True, slots=True)
class SavedNotes:
    """The text that is stored now; `is_joined` when it also has what somebody else wrote."""

    text: str
    is_joined: bool
    is_changed: bool


@transaction.atomic
def save_notes(
    *,
    actor: User,
    standing: Standing,
    meeting_id: int,
    field: str,
    text: str,
    base: str,
    at: datetime,
) -> SavedNotes:
    """Keep what was said about a topic (`field` its id) or in the opening or closing.

    `base` is the text it was typed over: what somebody else stored meanwhile is joined when it
    touches other words. The same text again changes nothing, so it may be sent until it arrives.
    Raises PermissionDenied, MinutesError, NotesConflictError and AgendaItem.DoesNotExist.
    """
    meeting = writable_meeting(meeting_id, standing)
    item = None if field in FIELDS else meeting.agenda.get(pk=int(field))
    stored = item.notes if item else str(getattr(meeting, FIELDS[field]))
    mine, base = clean(text), clean(base)
    together = joined(base, stored, mine)
    if together is None:
        writer = item.written_by if item else None
        raise NotesConflictError(stored, mine, str(writer or ""), item.written_at if item else None)
    result = SavedNotes(together, together not in (mine, base), together != stored)
    if result.is_changed:
        write(meeting, item, field, together, actor, at)
        # Both texts stay in the history, also the one that was replaced.
        note(meeting, actor, "notes_written", {"field": field, "text": together, "over": stored})
    return result


def write(
    meeting: Meeting, item: AgendaItem | None, field: str, text: str, actor: User, at: datetime
) -> None:
    if item is None:
        setattr(meeting, FIELDS[field], text)
    else:
        item.notes, item.written_by, item.written_at = text, actor, at
        item.version += 1
        item.save(update_fields=["notes", "written_by", "written_at", "version"])
    saved(meeting)


def clean(text: str) -> str:
    """Lines as PostgreSQL and every browser agree on, without the blank end."""
    return text.replace("\r\n", "\n").replace("\x00", "").rstrip()


@transaction.atomic
def add_item(
    *,
    actor: User,
    standing: Standing,
    meeting_id: int,
    title: str,
    at: datetime,
    key: UUID | None = None,
) -> AgendaItem:
    """Add a topic nobody had planned, at the end of the agenda; a repeated request adds one.

    Raises PermissionDenied, MinutesError and DifferentRequestError.
    """
    meeting = writable_meeting(meeting_id, standing)
    words = title.strip()
    if not words or len(words) > LONGEST_TITLE:
        raise MinutesError(_("Escriba el tema, en 300 caracteres o menos."))
    asked = {"add_item": meeting.pk, "title": words}
    before = answered(user=actor, key=key, asked=asked, at=at)
    if before is not None:
        return AgendaItem.objects.get(pk=before["item"])
    last = meeting.agenda.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting, position=last + 1, title=words, is_unplanned=True
    )
    saved(meeting)
    remember(user=actor, key=key, answer={"item": item.pk})
    note(meeting, actor, "item_added", {"item": item.pk, "title": words})
    return item
