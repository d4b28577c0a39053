"""Talking to a mail server, remembering whether a mail may already be in its hands.

When a conversation breaks, what was only announced can be sent again; what was being handed over
may have arrived, and nobody will say so any more.
"""

import smtplib
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend


class Conversation(smtplib.SMTP):
    """`is_handing_over` from the first byte of a mail until its receipt or refusal is heard."""

    is_handing_over = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.is_handing_over = True
        answer = super().data(msg)
        self.is_handing_over = False
        return answer


class CarefulBackend(EmailBackend):
    """Django's own, with such a conversation."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return Conversation


def is_in_doubt(connection: BaseEmailBackend) -> bool:
    """Did it break while a mail was being handed over?"""
    conversation = getattr(connection, "connection", None)
    return bool(getattr(conversation, "is_handing_over", False))


def is_broken(connection: BaseEmailBackend) -> bool:
    """Is there nobody at the other end any more?"""
    conversation = getattr(connection, "connection", None)
    return isinstance(conversation, smtplib.SMTP) and conversation.sock is None
