"""Django settings. Everything that differs between machines comes from the environment."""

import os
import secrets
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from sigpret.config.paths import CATALOGUES as CATALOGUES
from sigpret.config.paths import POLICIES as POLICIES
from sigpret.config.paths import ROOT
from sigpret.config.paths import VAR as VAR
from sigpret.config.storage import evidence_storage, folder_storage

DEMO = os.environ.get("SIGPRET_DEMO") == "1"
DEBUG = os.environ.get("SIGPRET_DEBUG") == "1"
TIME_ZONE = "America/Tegucigalpa"
# The demonstration lives on one day for ever, so that its deadlines never go stale.
DEMO_NOW = (
    datetime.fromisoformat(os.environ.get("SIGPRET_DEMO_NOW", "2026-10-13T09:00-06:00")).astimezone(
        ZoneInfo(TIME_ZONE)
    )
    if DEMO
    else None
)

# While the demonstration is served its clock runs, from that moment on.
DEMO_STARTED = (
    datetime.fromisoformat(os.environ["SIGPRET_DEMO_STARTED"])
    if DEMO and "SIGPRET_DEMO_STARTED" in os.environ
    else None
)


def secret_key() -> str:
    """The signing key: from the environment or a file; the demonstration keeps one of its own."""
    if key := os.environ.get("SIGPRET_SECRET_KEY"):
        return key
    if path := os.environ.get("SIGPRET_SECRET_KEY_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    if not DEMO:
        raise ImproperlyConfigured("Defina SIGPRET_SECRET_KEY o SIGPRET_SECRET_KEY_FILE.")
    stored = VAR / "secret_key"
    if not stored.exists():
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.touch(mode=0o600)
        stored.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    return stored.read_text(encoding="utf-8")


def secret_from(name: str) -> str:
    """A password from the environment, or from the file the environment names."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, "")


SECRET_KEY = secret_key()
HOSTS = os.environ.get("SIGPRET_HOSTS", "localhost,127.0.0.1" if DEMO else "")
ALLOWED_HOSTS = [host.strip() for host in HOSTS.split(",") if host.strip()]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

INSTALLED_APPS = [
    "sigpret.web",
    "sigpret.apps.accounts",
    "sigpret.apps.audit",
    "sigpret.apps.notices",
    "sigpret.apps.reference",
    "sigpret.apps.institutions",
    "sigpret.apps.evidence",
    "sigpret.apps.planning",
    "sigpret.apps.results",
    "sigpret.apps.budget",
    "sigpret.apps.monitoring",
    "sigpret.apps.mesas",
    "sigpret.apps.evaluation",
    "sigpret.apps.imports",
    "sigpret.apps.portal",
    "template_partials",
    "django_htmx",
    "procrastinate.contrib.django",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "sigpret.config.middleware.NoStoreMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sigpret.config.middleware.SessionEndMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sigpret.config.middleware.RequestFactsMiddleware",
]

ROOT_URLCONF = "sigpret.config.urls"
WSGI_APPLICATION = "sigpret.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["sigpret.web.templatetags.sigpret"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sigpret.web.navigation.navigation",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", "postgresql:///sigpret"), conn_max_age=60
    )
}
if options := os.environ.get("SIGPRET_DATABASE_OPTIONS"):
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", options)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Attempts to sign in are counted here, by all the processes together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        # A guesser with many addresses must not push the counts of others out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
# The address is unique whatever its case (user_email_is_unique), which the check cannot see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["sigpret.apps.institutions.backend.PersonBackend"]
if DEMO:
    AUTHENTICATION_BACKENDS.append("django.contrib.auth.backends.ModelBackend")
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "pending"
LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_ADAPTER = "sigpret.apps.accounts.adapter.ClosedSignupAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody signs up, so there is nothing to offer a stranger
ACCOUNT_EMAIL_SUBJECT_PREFIX = "SIGPRET · "
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "SIGPRET"

LANGUAGE_CODE = "es"
LANGUAGES = [("es", _("español"))]
LOCALE_PATHS = [ROOT / "src" / "sigpret" / "locale"]
USE_I18N = True
USE_TZ = True

STATIC_URL = "/estatico/"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "evidence": evidence_storage(os.environ, VAR / "evidence"),
    # Drawings of pages: made again when they are lost.
    "previews": folder_storage(VAR / "previews"),
}
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "sigpret.apps.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
CSRF_FAILURE_VIEW = "sigpret.web.errors.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
if not DEMO:
    SECURE_SSL_REDIRECT = os.environ.get("SIGPRET_TLS_REDIRECT", "1") == "1"
    if os.environ.get("SIGPRET_BEHIND_PROXY") == "1":
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        # Otherwise everybody behind the proxy shares one count of wrong passwords.
        ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sesion"
    CSRF_COOKIE_NAME = "__Host-csrf"

EMAIL_BACKEND = (
    "sigpret.apps.notices.outbox.OutboxBackend"
    if DEMO
    else "sigpret.apps.notices.smtp.CarefulBackend"
)
OUTBOX = VAR / "outbox"  # the demonstration's mail: a page shows it, nothing leaves the machine
EMAIL_HOST = os.environ.get("SIGPRET_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("SIGPRET_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("SIGPRET_SMTP_USER", "")
EMAIL_HOST_PASSWORD = secret_from("SIGPRET_SMTP_PASSWORD")
EMAIL_USE_TLS = os.environ.get("SIGPRET_SMTP_TLS", "1") == "1"
EMAIL_TIMEOUT = 20  # a mail server that does not answer is one that is down
DEFAULT_FROM_EMAIL = os.environ.get("SIGPRET_MAIL_FROM", "sigpret@localhost")
REPLY_TO_EMAIL = os.environ.get("SIGPRET_MAIL_REPLY_TO", "")
# Where a link in a mail leads.
SITE_URL = os.environ.get("SIGPRET_URL") or (
    "http://127.0.0.1:8000" if DEMO or not ALLOWED_HOSTS else f"https://{ALLOWED_HOSTS[0]}"
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "{asctime}{levelname}{name}{message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("SIGPRET_LOG_LEVEL", "WARNING")},
    "loggers": {
        "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "sigpret": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
