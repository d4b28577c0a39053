"""The agenda of a meeting as a file of its own: «se deberá adjuntar una agenda básica»."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.evidence import storage
from sigpret.apps.evidence.models import StoredFile
from sigpret.apps.mesas.meeting_words import place_line, title_of, when_line
from sigpret.apps.mesas.models import Attachment, Meeting
from sigpret.documents.agenda import AgendaTopic, MeetingAgenda, agenda_pdf

PDF = "application/pdf"


def attach_agenda(meeting: Meeting, actor: User, at: datetime) -> Attachment:
    """Write the agenda as PDF/A and attach it in the place of the one before."""
    data = agenda_pdf(agenda_of(meeting), written_at=at)
    digest = storage.keep(data)
    file, _is_new = StoredFile.objects.get_or_create(
        sha256=digest,
        defaults={
            "received_sha256": digest,
            "size": len(data),
            "media_type": PDF,
            "pages": None,
            "stored_at": at,
        },
    )
    name = _("Agenda básica n.º %(n)s.pdf") % {"n": meeting.number}
    attached, _is_first = Attachment.objects.update_or_create(
        meeting=meeting,
        is_agenda=True,
        defaults={"file": file, "name": name, "added_by": actor, "added_at": at},
    )
    return attached


def agenda_of(meeting: Meeting) -> MeetingAgenda:
    """What the page says."""
    items = list(meeting.agenda.prefetch_related("themes").order_by("position"))
    themes = sorted({theme.name for item in items for theme in item.themes.all()})
    mode = f"{meeting.get_kind_display()}, {meeting.get_mode_display()}"
    return MeetingAgenda(
        title=_("Agenda de la reunión n.º %(n)s") % {"n": meeting.number},
        mesa=_("MESGEPRET %(name)s") % {"name": meeting.mesa.sector.name},
        facts=(
            (_("Reunión"), title_of(meeting)),
            (_("Cuándo"), f"{when_line(meeting)} ({meeting.starts_at.year})"),
            (_("Dónde"), place_line(meeting)),
            (_("Nivel"), str(meeting.get_level_display())),
            (_("Sesión"), mode),
        ),
        topics=tuple(
            AgendaTopic(item.title, item.presenter, f"{item.minutes} min", item.reason)
            for item in items
        ),
        themes=", ".join(themes),
        early_reason=meeting.early_reason,
        is_demo=settings.DEMO,
    )
