"""Sessions in the database, as Django's, read by a statement that is already written out.

They stay in the database and are read by every request: whoever signs out, or is signed out, is
out at once.
"""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from sigpret.web.statements import Repeated, send

FIND = """
SELECT session_key, session_data, expire_date FROM django_session
WHERE session_key = %s AND expire_date > %s
"""


class SessionStore(db.SessionStore):
    """Django's own store; only looking a session up is another way of saying the same."""

    def _get_session_from_db(self) -> Any:
        (rows,) = send(Repeated(FIND, (self.session_key, timezone.now())))
        for key, data, expires in rows:
            return self.model(session_key=key, session_data=data, expire_date=expires)
        self._session_key = None
        return None
