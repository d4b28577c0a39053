"""The roles of the administration, readable by somebody who does not program."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    """What a person is in the process; every right is scoped to an institution or a sector."""

    REGISTRAR = "registrar"
    APPROVER = "approver"
    ANALYST = "analyst"
    STATISTICIAN = "statistician"
    ADMINISTRATOR = "administrator"
    MESA_COORDINATOR = "mesa_coordinator"
    MESA_MEMBER = "mesa_member"
    POLITICAL_COORDINATOR = "political_coordinator"
    PRESIDENCY = "presidency"
    AUDITOR = "auditor"


ROLE_LABELS = {
    Role.REGISTRAR: _("UPGRET de la institución: registra y envía los avances"),
    Role.APPROVER: _("Máxima autoridad: responde por lo que su institución envía"),
    Role.ANALYST: _("Analista de DIGER: valida o devuelve lo reportado"),
    Role.STATISTICIAN: _("Estadística de DIGER: proyecta metas y revisa series"),
    Role.ADMINISTRATOR: _("Administración de DIGER: periodos, cierre y catálogos"),
    Role.MESA_COORDINATOR: _("Coordinación técnica de una mesa sectorial"),
    Role.MESA_MEMBER: _("Integrante acreditado de una mesa sectorial"),
    Role.POLITICAL_COORDINATOR: _("Coordinación política de una mesa sectorial"),
    Role.PRESIDENCY: _("Presidencia: ve todo y decide"),
    Role.AUDITOR: _("Auditoría: ve todo y la bitácora; no cambia nada"),
}

#: Who reads the whole country, not only an institution or a sector.
NATIONAL_READERS = frozenset(
    {Role.ANALYST, Role.STATISTICIAN, Role.ADMINISTRATOR, Role.PRESIDENCY, Role.AUDITOR}
)
#: Who works for one institution.
INSTITUTION_ROLES = frozenset({Role.REGISTRAR, Role.APPROVER})
#: Who works in the mesa of one sector.
SECTOR_ROLES = frozenset({Role.MESA_COORDINATOR, Role.MESA_MEMBER, Role.POLITICAL_COORDINATOR})
