"""The matrix's part of the health page: does its last version say what was published?"""

from django.utils.translation import gettext as _

from sigpret.apps.results.queries.digests import verify_last_version
from sigpret.web.health import Finding


def last_version_is_whole() -> Finding:
    """Reads the last version only; `./sigpret audit verify --matrix` reads them all."""
    verdict = verify_last_version()
    if verdict is None:
        return Finding(is_ok=True, detail=_("Sin versiones publicadas"))
    if verdict.problems:
        return Finding(is_ok=False, detail=_("Alterada: compruébela con «audit verify --matrix»"))
    return Finding(is_ok=True, detail=_("Versión %(n)d íntegra") % {"n": verdict.number})
