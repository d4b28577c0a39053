"""The evidence's part of the health page: are the newest files still what they were?"""

from django.utils.translation import gettext as _

from sigpret.apps.evidence.queries import stored_count, tampered
from sigpret.web.health import Finding

#: The page is asked often, and each file may weigh ten megabytes.
NEWEST = 3


def newest_files_are_intact() -> Finding:
    """Reads the newest files only; `./sigpret audit verify --evidence` reads them all."""
    altered = tampered(newest=NEWEST)
    if altered:
        return Finding(is_ok=False, detail=_("Archivos alterados: compruebe con «audit verify»"))
    return Finding(is_ok=True, detail=_("%(n)d archivos guardados") % {"n": stored_count()})
