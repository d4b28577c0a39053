"""Two people, one row: what is stored now, for whoever wrote over an older version."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


class ConflictError(Exception):
    """Somebody wrote in between. `theirs` is what is stored now, by field; `version` its version.

    The caller still has what was typed: both texts are shown and nothing is lost.
    """

    def __init__(self, version: int, theirs: Mapping[str, Any] | None = None) -> None:
        super().__init__(
            _(
                "Otra persona guardó cambios mientras usted escribía. Abajo están los dos textos: "
                "elija cuál queda."
            )
        )
        self.version = version
        self.theirs = dict(theirs or {})
