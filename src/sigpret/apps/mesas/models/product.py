"""What a mesa must produce (guidelines, "Productos de las mesas"): place, state and history."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.models import Institution
from sigpret.apps.mesas.models.mesa import Mesa
from sigpret.apps.results.models import Goal


class MesaProduct(models.Model):
    """One product of a year: what stands written, and how far it went. Kept version by version.

    `sections` maps each section's key to its text; what the platform knows is filled in and may
    be edited. A new version supersedes; the old one stays.
    """

    class Kind(models.TextChoices):
        DIAGNOSIS = "diagnosis", _("diagnóstico sectorial")
        FRAMEWORK = "framework", _("marco de resultados e indicadores")
        PROGRAMMING = "programming", _("programación plurianual y semestral")
        BOTTLENECKS = "bottlenecks", _("limitantes y cuellos de botella")
        STRATEGIES = "strategies", _("estrategias y cursos de acción")
        INFORMATION = "information", _("mecanismos de información")
        PROGRESS = "progress", _("informe de avance")
        PLANS = "plans", _("coherencia de los POA")

    class State(models.TextChoices):
        DRAFT = "draft", _("en elaboración")
        PROPOSED = "proposed", _("propuesto al nivel político")
        APPROVED = "approved", _("aprobado")
        RETURNED = "returned", _("devuelto")
        SUPERSEDED = "superseded", _("sustituido")

    mesa = models.ForeignKey(Mesa, models.CASCADE, related_name="products", verbose_name=_("mesa"))
    kind = models.CharField(_("producto"), max_length=12, choices=Kind.choices)
    year = models.PositiveSmallIntegerField(_("año"))
    period = models.CharField(_("periodo"), max_length=8, blank=True)
    number = models.PositiveSmallIntegerField(_("versión del producto"), default=1)
    title = models.CharField(_("título"), max_length=300)
    sections = models.JSONField(_("secciones"), default=dict)
    state = models.CharField(_("estado"), max_length=10, choices=State.choices, default=State.DRAFT)
    written_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("elaborado por")
    )
    written_at = models.DateTimeField(_("elaborado el"))
    proposed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("propuesto por"),
    )  # fmt: skip
    proposed_at = models.DateTimeField(_("propuesto el"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("decidido por"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decidido el"), null=True, blank=True)
    decision_reason = models.TextField(_("razones de la decisión"), blank=True)
    digest = models.CharField(_("huella de lo propuesto"), max_length=64, blank=True)
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("producto de la mesa")
        verbose_name_plural = _("productos de la mesa")
        ordering: ClassVar[list[str]] = ["mesa", "kind", "-year", "-period", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["mesa", "kind", "year", "period", "number"],
                name="mesa_product_versions_in_order",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["approved", "returned"])
                | (
                    models.Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~models.Q(decision_reason="")
                ),
                name="a_decided_product_says_who_and_why",
                violation_error_message=_("Escriba las razones de la decisión."),
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | ~models.Q(decided_by=models.F("proposed_by")),
                name="nobody_decides_what_they_proposed",
                violation_error_message=_("Quien propone no decide: pídalo a otra persona."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Challenge(models.Model):
    """A challenge of the sector in its diagnosis, with the platform's own data as evidence."""

    product = models.ForeignKey(
        MesaProduct, models.CASCADE, related_name="challenges", verbose_name=_("diagnóstico")
    )
    number = models.PositiveSmallIntegerField(_("número"))
    title = models.CharField(_("desafío"), max_length=300)
    description = models.TextField(_("descripción"), blank=True)
    goal = models.ForeignKey(
        Goal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("meta")
    )
    evidence = models.TextField(_("evidencia"), blank=True)

    class Meta:
        verbose_name = _("desafío del sector")
        verbose_name_plural = _("desafíos del sector")
        ordering: ClassVar[list[str]] = ["product", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["product", "number"], name="challenges_of_a_diagnosis_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.title


class InformationMechanism(models.Model):
    """How a figure reaches the system: what, from which record, who, how often."""

    mesa = models.ForeignKey(
        Mesa, models.CASCADE, related_name="mechanisms", verbose_name=_("mesa")
    )
    text = models.CharField(_("qué información"), max_length=300)
    goal = models.ForeignKey(
        Goal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("meta")
    )
    source = models.CharField(_("registro de donde sale"), max_length=300)
    frequency = models.CharField(_("cada cuánto"), max_length=100)
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", verbose_name=_("institución que informa")
    )
    responsible = models.CharField(_("persona responsable"), max_length=200, blank=True)
    ended_on = models.DateField(_("dejó de usarse el"), null=True, blank=True)
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("mecanismo de información")
        verbose_name_plural = _("mecanismos de información")
        ordering: ClassVar[list[str]] = ["mesa", "text"]

    def __str__(self) -> str:
        return self.text


class PlanReview(models.Model):
    """What the mesa found when it read the annual plan of an institution beside the matrix."""

    class Verdict(models.TextChoices):
        PENDING = "pending", _("por revisar")
        COHERENT = "coherent", _("coherente")
        WITH_FINDINGS = "with_findings", _("con hallazgos")

    mesa = models.ForeignKey(
        Mesa, models.CASCADE, related_name="plan_reviews", verbose_name=_("mesa")
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", verbose_name=_("institución")
    )
    year = models.PositiveSmallIntegerField(_("año"))
    verdict = models.CharField(
        _("conclusión"), max_length=14, choices=Verdict.choices, default=Verdict.PENDING
    )
    findings = models.JSONField(_("hallazgos al revisar"), default=list)
    note = models.TextField(_("lo que pide la mesa"), blank=True)
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("revisado por"),
    )  # fmt: skip
    reviewed_at = models.DateTimeField(_("revisado el"), null=True, blank=True)
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("revisión de coherencia de un POA")
        verbose_name_plural = _("revisiones de coherencia de los POA")
        ordering: ClassVar[list[str]] = ["mesa", "-year", "institution"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["mesa", "institution", "year"], name="one_review_per_plan_and_mesa"
            ),
            models.CheckConstraint(
                condition=models.Q(verdict="pending")
                | models.Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="a_reviewed_plan_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} · {self.year}"
