"""The words of the administration for a kind of notice."""

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.notices.kinds import kind_of
from sigpret.apps.notices.models import NoticeTemplate
from sigpret.apps.notices.permissions import Access, check_can_administer_notices
from sigpret.apps.notices.wording import unknown_words

WRITTEN = "notices.template_written"
RESTORED = "notices.template_restored"


class UnknownWordsError(Exception):
    """The template names facts this kind of notice does not have; its text says which."""


class StaleTemplateError(Exception):
    """Somebody else wrote this template in the meantime."""


@transaction.atomic
def write_template(
    *, actor: User, access: Access, kind: str, subject: str, text: str, expected_version: int
) -> None:
    """Use these words from now on; what was already told keeps its own.

    `expected_version` 0: the kind's own words were on the screen. Raises PermissionDenied,
    UnknownKindError, UnknownWordsError, StaleTemplateError.
    """
    check_can_administer_notices(access)
    check_words(kind, subject, text)
    held = hold(kind, expected_version)
    if held is None:
        NoticeTemplate.objects.create(kind=kind, subject=subject, text=text)
    elif (held.subject, held.text) == (subject, text):
        return
    else:
        held.subject, held.text, held.version = subject, text, held.version + 1
        held.save(update_fields=["subject", "text", "version"])
    note(actor, WRITTEN, kind, {"subject": subject, "text": text})


@transaction.atomic
def restore_template(*, actor: User, access: Access, kind: str, expected_version: int) -> None:
    """Go back to the kind's own words. Raises as `write_template` does."""
    check_can_administer_notices(access)
    held = hold(kind, expected_version)
    if held is not None:
        held.delete()
        note(actor, RESTORED, kind, {})


def check_words(kind: str, subject: str, text: str) -> None:
    """Raise UnknownWordsError naming what this kind has no fact for."""
    if unknown := unknown_words(kind_of(kind), subject, text):
        words = ", ".join(f"{{{word}}}" for word in unknown)
        raise UnknownWordsError(
            _("Este aviso no tiene %(words)s. Use sólo las palabras de la lista.")
            % {"words": words}
        )


def hold(kind: str, expected_version: int) -> NoticeTemplate | None:
    held = NoticeTemplate.objects.select_for_update().filter(kind=kind).first()
    if (held.version if held else 0) != expected_version:
        raise StaleTemplateError(
            _("Otra persona cambió este texto mientras usted escribía. Lo suyo sigue aquí abajo.")
        )
    return held


def note(actor: User, action: str, kind: str, payload: dict[str, str]) -> None:
    record(
        actor=actor,
        action=action,
        subject_type="notice_template",
        subject_id=kind,
        payload=payload,
    )
