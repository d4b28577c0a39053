"""The evidence's part of the health page: are the newest files still what they were?"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.evidence.queries import stored_count, tampered
from sigpret.web.health import Finding

#: The page is asked often, and each file may weigh ten megabytes.
NEWEST = 3


def newest_files_are_intact() -> Finding:
    """Reads the newest files only; `./sigpret audit verify --evidence` reads them all."""
    altered = tampered(newest=NEWEST)
    if altered:
        return Finding(is_ok=False, detail=_("Archivos alterados: compruebe con «audit verify»"))
    count = stored_count()
    text = ngettext("%(n)d archivo guardado", "%(n)d archivos guardados", count)
    return Finding(is_ok=True, detail=text % {"n": count})
