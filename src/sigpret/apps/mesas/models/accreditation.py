"""Who represents an institution in a mesa, formally before DIGER; groups that prepare a topic."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.evidence.models import StoredFile
from sigpret.apps.institutions.models import Institution
from sigpret.apps.mesas.models.mesa import Level, Mesa


class Accreditation(models.Model):
    """A representative with their position and contact numbers (guidelines, "Acreditación").

    `seat` counts the institution's representatives at a level; the rule says how many there
    are, and one beyond it carries the reason of its exception. A substitute takes the seat of
    the one they replace. Contact data are for those who convene.
    """

    mesa = models.ForeignKey(
        Mesa, models.CASCADE, related_name="accreditations", verbose_name=_("mesa")
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="accreditations", verbose_name=_("institución")
    )
    institution_name = models.CharField(
        _("nombre de la institución al acreditar"), max_length=200, blank=True, db_default=""
    )
    level = models.CharField(_("nivel"), max_length=10, choices=Level.choices)
    seat = models.PositiveSmallIntegerField(_("lugar"))
    person = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accreditations",
        verbose_name=_("persona usuaria"),
    )
    full_name = models.CharField(_("nombre"), max_length=200)
    position = models.CharField(_("cargo"), max_length=200)
    email = models.EmailField(_("correo"))
    phone = models.CharField(_("teléfono"), max_length=40)
    is_planning_director = models.BooleanField(_("dirige la UPGRET"), default=False)
    letter = models.CharField(_("oficio de acreditación"), max_length=200)
    letter_file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("archivo del oficio"),
    )
    since = models.DateField(_("desde"))
    until = models.DateField(_("hasta"), null=True, blank=True)
    ended_on = models.DateField(_("baja el"), null=True, blank=True)
    end_reason = models.CharField(_("motivo de la baja"), max_length=300, blank=True)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("sustituye a"),
    )
    is_exception = models.BooleanField(_("pasa del máximo"), default=False)
    exception_reason = models.CharField(_("motivo de la excepción"), max_length=300, blank=True)
    accredited_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("acreditada por")
    )
    accredited_at = models.DateTimeField(_("acreditada el"))
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("acreditación")
        verbose_name_plural = _("acreditaciones")
        ordering: ClassVar[list[str]] = ["mesa", "institution", "level", "seat"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["mesa", "institution", "level", "seat"],
                condition=models.Q(ended_on__isnull=True),
                name="a_seat_is_taken_once",
                violation_error_message=_("Otra persona acaba de tomar ese lugar."),
            ),
            models.UniqueConstraint(
                "mesa",
                "level",
                models.functions.Lower("email"),
                condition=models.Q(ended_on__isnull=True),
                name="a_member_is_accredited_once",
                violation_error_message=_("Esa persona ya está acreditada en la mesa."),
            ),
            models.UniqueConstraint(
                fields=["mesa", "institution"],
                condition=models.Q(ended_on__isnull=True, is_planning_director=True),
                name="one_planning_director_per_institution",
                violation_error_message=_("La institución ya acreditó a quien dirige su UPGRET."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_exception=False) | ~models.Q(exception_reason=""),
                name="an_exception_gives_its_reason",
                violation_error_message=_("Escriba el motivo de la excepción."),
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True) | ~models.Q(end_reason=""),
                name="an_ended_accreditation_says_why",
                violation_error_message=_("Escriba el motivo de la baja."),
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="accreditation_ends_after_it_starts",
                violation_error_message=_("La fecha final no puede ser anterior a la inicial."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} · {self.full_name}"


class WorkingGroup(models.Model):
    """Some members prepare a topic that the mesa will discuss later, until a day."""

    mesa = models.ForeignKey(Mesa, models.CASCADE, related_name="groups", verbose_name=_("mesa"))
    name = models.CharField(_("nombre"), max_length=200)
    scope = models.TextField(_("qué analiza"))
    deliverable = models.CharField(_("qué entrega"), max_length=300)
    members = models.ManyToManyField(
        Accreditation, related_name="groups", verbose_name=_("integrantes")
    )
    due_on = models.DateField(_("entrega a más tardar"))
    delivered_on = models.DateField(_("entregó el"), null=True, blank=True)
    delivery = models.TextField(_("lo que entregó"), blank=True)
    closed_on = models.DateField(_("disuelto el"), null=True, blank=True)
    created_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("creado por")
    )
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("grupo de trabajo")
        verbose_name_plural = _("grupos de trabajo")
        ordering: ClassVar[list[str]] = ["mesa", "due_on", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["mesa", "name"],
                condition=models.Q(closed_on__isnull=True),
                name="group_names_differ_in_a_mesa",
                violation_error_message=_("La mesa ya tiene un grupo con ese nombre."),
            ),
            models.CheckConstraint(
                condition=models.Q(delivered_on__isnull=True) | ~models.Q(delivery=""),
                name="a_delivered_group_says_what",
                violation_error_message=_("Escriba qué entregó el grupo."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
