"""A visit to see whether what was reported is there; once it is signed nothing of it changes."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.evidence.models import StoredFile
from sigpret.apps.monitoring.models import ReportedValue


class FieldVisit(models.Model):
    """Planned from a datum, done on a day, signed by who went and who received them.

    `signature` is the digest of everything the visit says, photographs included; the database
    refuses any change after it.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("planificada")
        DONE = "done", _("hecha, por firmar")
        SIGNED = "signed", _("firmada")

    class Result(models.TextChoices):
        CONFIRMS = "confirms", _("confirma el dato")
        PARTIAL = "partial", _("lo confirma en parte")
        CONTRADICTS = "contradicts", _("contradice el dato")

    value = models.ForeignKey(
        ReportedValue, models.PROTECT, related_name="visits", verbose_name=_("dato")
    )
    state = models.CharField(
        _("estado"), max_length=10, choices=State.choices, default=State.PLANNED
    )
    place = models.CharField(_("lugar"), max_length=200)
    purpose = models.TextField(_("qué se quiere comprobar"))
    planned_for = models.DateField(_("día previsto"))
    visitor = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("quién visita")
    )
    planned_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("planificada por")
    )
    planned_at = models.DateTimeField(_("planificada el"))
    reported = models.DecimalField(
        _("lo reportado al planificarla"), max_digits=20, decimal_places=4
    )
    done_on = models.DateField(_("día de la visita"), null=True, blank=True)
    participants = models.TextField(_("quiénes participaron"), blank=True)
    result = models.CharField(_("resultado"), max_length=12, choices=Result.choices, blank=True)
    found = models.DecimalField(
        _("lo que se encontró"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    findings = models.TextField(_("hallazgos"), blank=True)
    signed_at = models.DateTimeField(_("firmada el"), null=True, blank=True)
    signed_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("firmada por"),
    )
    counterpart = models.CharField(_("contraparte que firma"), max_length=200, blank=True)
    counterpart_position = models.CharField(
        _("cargo de la contraparte"), max_length=200, blank=True
    )
    signature = models.CharField(_("huella de lo firmado"), max_length=64, blank=True)
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("visita de campo")
        verbose_name_plural = _("visitas de campo")
        ordering: ClassVar[list[str]] = ["-planned_for", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "planned_for"], name="visit_by_state_and_day")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state="planned")
                | (models.Q(done_on__isnull=False) & ~models.Q(result="") & ~models.Q(findings="")),
                name="a_done_visit_says_when_and_what",
                violation_error_message=_("Escriba el día, el resultado y los hallazgos."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="signed")
                | (
                    models.Q(signed_at__isnull=False, signed_by__isnull=False)
                    & ~models.Q(counterpart="")
                    & models.Q(signature__regex=r"^[0-9a-f]{64}$")
                ),
                name="a_signed_visit_says_who_and_what",
                violation_error_message=_("Escriba quién firma por la institución."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} · {self.place}"


class FieldVisitCheck(models.Model):
    """One thing to look at, and what was seen."""

    class Answer(models.TextChoices):
        YES = "yes", _("sí")
        NO = "no", _("no")
        DOES_NOT_APPLY = "none", _("no aplica")

    visit = models.ForeignKey(
        FieldVisit, models.CASCADE, related_name="checks", verbose_name=_("visita")
    )
    number = models.PositiveSmallIntegerField(_("número"))
    question = models.CharField(_("qué se comprueba"), max_length=300)
    answer = models.CharField(_("respuesta"), max_length=6, choices=Answer.choices, blank=True)
    note = models.CharField(_("nota"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("comprobación de una visita")
        verbose_name_plural = _("comprobaciones de las visitas")
        ordering: ClassVar[list[str]] = ["visit", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["visit", "number"], name="checks_of_a_visit_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.question}"


class FieldVisitPhoto(models.Model):
    """What was seen, without the camera's own data."""

    visit = models.ForeignKey(
        FieldVisit, models.CASCADE, related_name="photos", verbose_name=_("visita")
    )
    file = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", verbose_name=_("archivo")
    )
    name = models.CharField(_("nombre del archivo"), max_length=200)
    added_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("agregada por")
    )
    added_at = models.DateTimeField(_("agregada el"))

    class Meta:
        verbose_name = _("fotografía de una visita")
        verbose_name_plural = _("fotografías de las visitas")
        ordering: ClassVar[list[str]] = ["visit", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["visit", "file"],
                name="a_photo_is_added_once",
                violation_error_message=_("Esa fotografía ya está en la visita."),
            )
        ]

    def __str__(self) -> str:
        return self.name
