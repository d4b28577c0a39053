"""The work plan of a mesa: results, activities, who and when; approved by its head authorities."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.models import Institution
from sigpret.apps.mesas.models.mesa import Mesa


class WorkPlan(models.Model):
    """One version of the plan of a year; the version in force rules until another is approved."""

    class State(models.TextChoices):
        DRAFT = "draft", _("en elaboración")
        IN_APPROVAL = "in_approval", _("en aprobación")
        IN_FORCE = "in_force", _("vigente")
        SUPERSEDED = "superseded", _("sustituido")

    mesa = models.ForeignKey(
        Mesa, models.CASCADE, related_name="work_plans", verbose_name=_("mesa")
    )
    year = models.PositiveSmallIntegerField(_("año"))
    number = models.PositiveSmallIntegerField(_("versión del plan"))
    state = models.CharField(_("estado"), max_length=12, choices=State.choices, default=State.DRAFT)
    objective = models.TextField(_("objetivo"), blank=True)
    reason = models.TextField(_("por qué cambia"), blank=True)
    drafted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("elaborado por")
    )
    sent_at = models.DateTimeField(_("enviado a aprobación el"), null=True, blank=True)
    in_force_at = models.DateTimeField(_("vigente desde"), null=True, blank=True)
    digest = models.CharField(_("huella de lo que se aprueba"), max_length=64, blank=True)
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("plan de trabajo")
        verbose_name_plural = _("planes de trabajo")
        ordering: ClassVar[list[str]] = ["mesa", "-year", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["mesa", "year", "number"], name="work_plan_versions_in_order"
            ),
            models.UniqueConstraint(
                fields=["mesa", "year"],
                condition=models.Q(state="in_force"),
                name="one_work_plan_in_force",
            ),
            models.UniqueConstraint(
                fields=["mesa", "year"],
                condition=models.Q(state__in=["draft", "in_approval"]),
                name="one_work_plan_in_preparation",
                violation_error_message=_("Ya hay una versión del plan en preparación."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | models.Q(sent_at__isnull=False, digest__regex=r"^[0-9a-f]{64}$"),
                name="a_sent_work_plan_has_its_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mesa} · {self.year} v{self.number}"


class WorkPlanResult(models.Model):
    plan = models.ForeignKey(
        WorkPlan, models.CASCADE, related_name="results", verbose_name=_("plan de trabajo")
    )
    number = models.PositiveSmallIntegerField(_("número"))
    text = models.CharField(_("resultado"), max_length=300)

    class Meta:
        verbose_name = _("resultado del plan de trabajo")
        verbose_name_plural = _("resultados del plan de trabajo")
        ordering: ClassVar[list[str]] = ["plan", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "number"], name="results_of_a_plan_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class WorkPlanActivity(models.Model):
    """An activity with who and when. `key` names the same activity in every version of the year."""

    result = models.ForeignKey(
        WorkPlanResult, models.CASCADE, related_name="activities", verbose_name=_("resultado")
    )
    number = models.PositiveSmallIntegerField(_("número"))
    key = models.UUIDField(_("la misma en cada versión"))
    text = models.CharField(_("actividad"), max_length=300)
    institutions = models.ManyToManyField(
        Institution, related_name="+", verbose_name=_("instituciones responsables")
    )
    responsible = models.CharField(_("persona responsable"), max_length=200, blank=True)
    starts_on = models.DateField(_("empieza"))
    ends_on = models.DateField(_("termina"))
    change_reason = models.CharField(_("por qué cambia"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("actividad del plan de trabajo")
        verbose_name_plural = _("actividades del plan de trabajo")
        ordering: ClassVar[list[str]] = ["result", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["result", "number"], name="activities_of_a_result_in_order"
            ),
            models.UniqueConstraint(fields=["result", "key"], name="an_activity_once_per_result"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="an_activity_ends_after_it_starts",
                violation_error_message=_("La fecha final no puede ser anterior a la inicial."),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class WorkPlanApproval(models.Model):
    """What the head authority of one institution decided about one version."""

    class Decision(models.TextChoices):
        PENDING = "pending", _("falta")
        APPROVED = "approved", _("aprobó")
        OBSERVED = "observed", _("observó")

    plan = models.ForeignKey(
        WorkPlan, models.CASCADE, related_name="approvals", verbose_name=_("plan de trabajo")
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", verbose_name=_("institución")
    )
    decision = models.CharField(
        _("decisión"), max_length=10, choices=Decision.choices, default=Decision.PENDING
    )
    opened_at = models.DateTimeField(_("lo abrió el"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("decidió"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decidió el"), null=True, blank=True)
    observation = models.TextField(_("observación"), blank=True)

    class Meta:
        verbose_name = _("aprobación del plan de trabajo")
        verbose_name_plural = _("aprobaciones del plan de trabajo")
        ordering: ClassVar[list[str]] = ["plan", "institution"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["plan", "institution"], name="one_approval_per_institution"
            ),
            models.CheckConstraint(
                condition=models.Q(decision="pending")
                | models.Q(decided_by__isnull=False, decided_at__isnull=False),
                name="a_decided_approval_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision="observed") | ~models.Q(observation=""),
                name="an_observed_plan_says_why",
                violation_error_message=_("Escriba qué pide cambiar."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} · {self.institution_id}"


class WorkPlanProgress(models.Model):
    """How far an activity is, as told on a day; only added. Percent is 0-100."""

    mesa = models.ForeignKey(Mesa, models.CASCADE, related_name="progress", verbose_name=_("mesa"))
    key = models.UUIDField(_("actividad"))
    percent = models.PositiveSmallIntegerField(_("avance"))
    note = models.TextField(_("qué se hizo"), blank=True)
    told_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("informado por")
    )
    told_at = models.DateTimeField(_("informado el"))

    class Meta:
        verbose_name = _("avance de una actividad")
        verbose_name_plural = _("avances de las actividades")
        ordering: ClassVar[list[str]] = ["key", "told_at", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["mesa", "key", "told_at"], name="progress_by_activity")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(percent__lte=100),
                name="activity_progress_is_a_percent",
                violation_error_message=_("El avance va de 0 a 100 %."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.percent}"
