"""Tell people something, once, as part of the change it speaks of."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from sigpret.apps.accounts.models import User
from sigpret.apps.notices.kinds import Channel, Kind, Mode, kind_of
from sigpret.apps.notices.models import Delivery, NoticeTemplate
from sigpret.apps.notices.wording import Wording, write

# Who may be told, with what each of them chose; people sorted so that two transactions which
# tell the same people wait for each other instead of blocking each other. A notice that is
# already there adds nothing, neither does its mail.
TELL = """
WITH person AS (
    SELECT person.id,
           coalesce(app.mode, %(app)s) AS app,
           CASE WHEN person.email = '' THEN %(off)s ELSE coalesce(mail.mode, %(mail)s) END AS mail
      FROM accounts_user AS person
      LEFT JOIN notices_preference AS app
             ON app.user_id = person.id AND app.kind = %(kind)s AND app.channel = %(in_app)s
      LEFT JOIN notices_preference AS mail
             ON mail.user_id = person.id AND mail.kind = %(kind)s AND mail.channel = %(by_mail)s
     WHERE person.id = ANY(%(people)s) AND person.is_active
), added AS (
    INSERT INTO notices_notice
           (recipient_id, kind, title, body, detail, subject, subject_key, url, dedupe_key,
            due_at, items, created_at, read_at)
    SELECT person.id, %(kind)s, %(title)s, %(body)s, %(detail)s, %(subject)s, %(subject_key)s,
           %(url)s, %(dedupe_key)s, %(due_at)s::timestamptz, %(items)s::jsonb, %(at)s,
           CASE WHEN person.app = %(off)s THEN %(at)s::timestamptz END
      FROM person
     ORDER BY person.id
        ON CONFLICT (recipient_id, dedupe_key) DO NOTHING
    RETURNING id, recipient_id
), queued AS (
    INSERT INTO notices_delivery
           (notice_id, channel, state, attempts, last_error)
    SELECT added.id, %(by_mail)s, %(queued)s, 0, ''
      FROM added
      JOIN person ON person.id = added.recipient_id
     WHERE person.mail = %(at_once)s
)
SELECT count(*) FROM added
"""


@transaction.atomic(savepoint=False)
def notify(
    *,
    recipients: Iterable[User | int],
    kind: str,
    subject_key: str,
    context: Mapping[str, Any],
    url: str,
    at: datetime,
    dedupe_key: str,
) -> int:
    """Tell `recipients` something of `kind`, inside the caller's transaction; how many were told.

    `context` has the facts of the kind's templates and, if wanted, `subject` (what the notice
    speaks of, instead of the kind's own heading), `detail` (read in the product only, never by
    e-mail: the place for a comment or a name), `due_at` (a deadline, which travels as an
    appointment) and `items` (lines of a summary: `title`, `url`, `when`). `url` is an address
    of the product.

    Nobody gets the same `dedupe_key` twice, whoever else is told and whatever failed before;
    people who may not enter get nothing. Mail is queued with the notice, so a change that is
    undone sends none. Two statements.

    Raises UnknownKindError and MissingFactError when the program asked wrongly.
    """
    people = sorted({person if isinstance(person, int) else person.pk for person in recipients})
    chosen = kind_of(kind)
    wording = wording_of(chosen, context)
    if not people:
        return 0
    facts: dict[str, Any] = {
        "people": people,
        "kind": chosen.code,
        "mail": chosen.email.value,
        "app": (Mode.AT_ONCE if chosen.is_listed else Mode.OFF).value,
        "title": wording.title,
        "body": wording.body,
        "detail": str(context.get("detail", "")),
        "subject": wording.about,
        "subject_key": subject_key,
        "url": url,
        "dedupe_key": dedupe_key,
        "due_at": context.get("due_at"),
        "items": Jsonb(list(context.get("items", ()))),
        "at": at,
    }
    words = {
        "at_once": Mode.AT_ONCE.value,
        "off": Mode.OFF.value,
        "in_app": Channel.APP.value,
        "by_mail": Channel.EMAIL.value,
        "queued": Delivery.State.QUEUED.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(TELL, facts | words)
        return int(cursor.fetchone()[0])


def wording_of(kind: Kind, context: Mapping[str, Any]) -> Wording:
    """The words of the administration's template, or of the kind's own."""
    written = NoticeTemplate.objects.filter(kind=kind.code).first()
    if written is None:
        return write(kind, kind.subject, kind.text, context)
    return write(kind, written.subject, written.text, context)
