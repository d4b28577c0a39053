"""Registers the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from sigpret.apps.mesas.agreement_kinds import AGREEMENT_KINDS
from sigpret.apps.mesas.member_kinds import MEMBER_KINDS
from sigpret.apps.mesas.minutes_kinds import MINUTES_KINDS
from sigpret.apps.mesas.notice_kinds import KINDS
from sigpret.apps.mesas.proposal_kinds import PROPOSAL_KINDS
from sigpret.apps.notices import kinds


class MesasConfig(AppConfig):
    name = "sigpret.apps.mesas"
    verbose_name = _("mesas sectoriales")

    def ready(self) -> None:
        kinds.register(*KINDS, *MINUTES_KINDS, *AGREEMENT_KINDS, *MEMBER_KINDS, *PROPOSAL_KINDS)
