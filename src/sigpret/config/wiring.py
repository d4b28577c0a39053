"""What the apps offer to the shell: tasks of `Mis pendientes` and checks of the health page.

Imported with the addresses, when every model exists: the shell knows no app by name.
"""

from django.utils.translation import gettext_lazy as _

from sigpret.apps.audit.health import last_links_hold
from sigpret.apps.evidence.health import newest_files_are_intact
from sigpret.apps.imports.pending import import_tasks
from sigpret.apps.monitoring.pending import monitoring_tasks
from sigpret.web import health, pending

pending.register(monitoring_tasks)
pending.register(import_tasks)
health.register("audit", _("Bitácora"), last_links_hold)
health.register("evidence", _("Evidencias"), newest_files_are_intact)
