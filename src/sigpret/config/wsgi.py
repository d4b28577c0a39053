"""What gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sigpret.config.settings")
# Nobody waits for ever in front of a page; loading and migrating may take what they need.
os.environ.setdefault(
    "SIGPRET_DATABASE_OPTIONS",
    "-c statement_timeout=30s -c lock_timeout=20s -c idle_in_transaction_session_timeout=60s",
)
application = get_wsgi_application()
# The pages too are loaded before the processes part, and what is loaded is nobody's garbage: each
# process would look through all of it again while somebody waits.
get_resolver().url_patterns  # noqa: B018 - asking for them loads them
gc.collect()
gc.freeze()
