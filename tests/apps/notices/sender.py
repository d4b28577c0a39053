"""A worker's sending in a process of its own, to be killed: `python -m … PORT`."""

import os
import sys
from datetime import UTC, datetime

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django
from django.conf import settings


def main(port: int) -> None:
    django.setup()
    from sigpret.apps.notices.actions.sending import send_due_mail

    settings.EMAIL_BACKEND = "sigpret.apps.notices.smtp.CarefulBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = False
    print("ready", flush=True)
    sys.stdin.readline()
    print(send_due_mail(at=datetime(2026, 10, 13, 15, tzinfo=UTC)), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
