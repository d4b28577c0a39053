"""The product's settings over the tests' own database cluster."""

import os

from sigpret.config.database import ensure_database_url

os.environ.setdefault("SIGPRET_DEMO", "1")
os.environ.setdefault("SIGPRET_SECRET_KEY", "only-for-tests")
ensure_database_url(cluster="test-postgres", durable=False)

from sigpret.config.settings import *  # noqa: E402, F403
from sigpret.config.settings import MIDDLEWARE, STORAGES, VAR  # noqa: E402
from sigpret.config.storage import folder_storage  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "evidence": folder_storage(VAR / "test-evidence"),
    "previews": folder_storage(VAR / "test-previews"),
}
# Nothing is collected before the tests, and they ask for no static file.
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
MEDIA_ROOT = VAR / "test-files"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
