"""Why something did not go as programmed, in the words an institution chooses from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CauseCategory(models.TextChoices):
    """The kind of a cause; the sentence that explains it is written beside it."""

    PROCUREMENT = "procurement", _("Contratación")
    BUDGET = "budget", _("Presupuesto o desembolsos")
    STAFF = "staff", _("Personal")
    LEGAL = "legal", _("Trámite legal o normativo")
    THIRD_PARTY = "third_party", _("Depende de otra institución")
    EMERGENCY = "emergency", _("Emergencia o clima")
    DEMAND = "demand", _("Demanda distinta de la prevista")
    ADVANCED = "advanced", _("Se adelantó lo programado")
    MEASUREMENT = "measurement", _("Definición o medición del dato")
    OTHER = "other", _("Otra causa")
