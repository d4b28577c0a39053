"""What a person wants to be told."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.notices.kinds import Channel, Mode, kind_of
from sigpret.apps.notices.models import Notice, Preference

SAVED = "notices.preferences_saved"
MUTED = "notices.kind_muted"
Choices = Mapping[tuple[str, Channel], Mode]


@transaction.atomic
def save_preferences(*, actor: User, choices: Choices) -> int:
    """Keep what the person chose for each kind and channel; how many choices changed.

    Raises UnknownKindError.
    """
    for code, _channel in choices:
        kind_of(code)
    held = {
        (row.kind, row.channel): row.mode
        for row in Preference.objects.select_for_update().filter(user=actor)
    }
    changed = {key: mode for key, mode in choices.items() if held.get(key) != mode}
    keep(actor, changed)
    if changed:
        payload = {f"{kind}.{channel}": mode for (kind, channel), mode in changed.items()}
        record(
            actor=actor,
            action=SAVED,
            subject_type="user",
            subject_id=actor.pk,
            payload=payload,
        )
    return len(changed)


@transaction.atomic
def mute(*, actor: User, kind: str, at: datetime) -> None:
    """No more notices of this kind in the bell, and those there are read. E-mail stays as it was.

    Raises UnknownKindError.
    """
    kind_of(kind)
    keep(actor, {(kind, Channel.APP): Mode.OFF})
    Notice.objects.filter(recipient=actor, kind=kind, read_at=None).update(read_at=at)
    record(
        actor=actor, action=MUTED, subject_type="user", subject_id=actor.pk, payload={"kind": kind}
    )


def keep(person: User, choices: Choices) -> None:
    Preference.objects.bulk_create(
        [
            Preference(user=person, kind=kind, channel=channel, mode=mode)
            for (kind, channel), mode in choices.items()
        ],
        update_conflicts=True,
        unique_fields=["user", "kind", "channel"],
        update_fields=["mode"],
    )
