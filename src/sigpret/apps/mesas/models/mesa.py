"""A mesa per sector, and who was designated to do what in it, by which act."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.models import Institution, Sector


class Level(models.TextChoices):
    """The two levels of a mesa (guidelines, "Estructura de las mesas")."""

    TECHNICAL = "technical", _("técnico-operativo")
    POLITICAL = "political", _("político")


class Mesa(models.Model):
    """The table of one sector. Its institutions are the sector's; it is constituted by an act."""

    sector = models.OneToOneField(
        Sector, models.PROTECT, related_name="mesa", verbose_name=_("sector")
    )
    due_since = models.DateField(_("debe estar constituida desde"))
    constituted_on = models.DateField(_("constituida el"), null=True, blank=True)
    constitution_act = models.CharField(_("acta de constitución"), max_length=200, blank=True)
    constituted_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("constitución registrada por"),
    )
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("mesa sectorial")
        verbose_name_plural = _("mesas sectoriales")
        ordering: ClassVar[list[str]] = ["sector__name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(constituted_on__isnull=True) | ~models.Q(constitution_act=""),
                name="a_constituted_mesa_names_its_act",
                violation_error_message=_("Escriba el número del acta de constitución."),
            )
        ]

    def __str__(self) -> str:
        return str(self.sector)


class Designation(models.Model):
    """A person does something in a mesa from a day on, because an act says so."""

    class Duty(models.TextChoices):
        TECHNICAL_COORDINATOR = "technical_coordinator", _("coordinación técnica")
        POLITICAL_COORDINATOR = "political_coordinator", _("coordinación política")
        ANALYST = "analyst", _("analista de DIGER")
        SUPPORT = "support", _("equipo de apoyo")

    mesa = models.ForeignKey(
        Mesa, models.CASCADE, related_name="designations", verbose_name=_("mesa")
    )
    duty = models.CharField(_("función"), max_length=24, choices=Duty.choices)
    person = models.ForeignKey(
        User, models.PROTECT, related_name="designations", verbose_name=_("persona")
    )
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("institución"),
    )
    act = models.CharField(_("acto de designación"), max_length=200)
    since = models.DateField(_("desde"))
    until = models.DateField(_("hasta"), null=True, blank=True)
    designated_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("registrada por")
    )

    class Meta:
        verbose_name = _("designación")
        verbose_name_plural = _("designaciones")
        ordering: ClassVar[list[str]] = ["mesa", "duty", "-since"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["mesa", "duty"],
                condition=models.Q(until__isnull=True, duty__endswith="coordinator"),
                name="one_coordinator_per_level",
                violation_error_message=_(
                    "La mesa ya tiene esa coordinación. Termine la designación vigente primero."
                ),
            ),
            models.UniqueConstraint(
                fields=["mesa", "duty", "person"],
                condition=models.Q(until__isnull=True),
                name="a_person_is_designated_once",
                violation_error_message=_("Esa persona ya tiene esa función en la mesa."),
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="designation_ends_after_it_starts",
                violation_error_message=_("La fecha final no puede ser anterior a la inicial."),
            ),
            models.CheckConstraint(
                condition=~models.Q(act=""),
                name="a_designation_names_its_act",
                violation_error_message=_("Escriba el acto que la designa."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mesa} · {self.duty} · {self.person_id}"
