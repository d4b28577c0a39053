"""Settings of a real mail conversation, on loopback."""

import pytest

from tests.apps.notices.mail_server import mail_server


@pytest.fixture
def server(settings):
    """A mail server that listens, and the product set to use it."""
    with mail_server() as running:
        settings.EMAIL_BACKEND = "sigpret.apps.notices.smtp.CarefulBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_USE_TLS = False
        settings.EMAIL_TIMEOUT = 5
        yield running
