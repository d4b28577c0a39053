"""What a mesa agreed, what was done about it, and who was asked to decide when it got stuck."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.evidence.models import Evidence
from sigpret.apps.institutions.models import CrossCuttingTheme, Institution
from sigpret.apps.mesas.models.meeting import AgendaItem, Meeting
from sigpret.apps.mesas.models.mesa import Mesa
from sigpret.apps.results.models import Goal


class Agreement(models.Model):
    """A numbered agreement (7.3 is the third of meeting 7) with its owner and its date.

    Agreements are final ("definitivos"): once its minutes are distributed only its follow-up
    changes, and a later agreement supersedes it. Overdue is worked out from the date.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("pendiente")
        IN_PROGRESS = "in_progress", _("en proceso")
        FULFILLED = "fulfilled", _("cumplido")
        WITHOUT_EFFECT = "without_effect", _("sin efecto")

    mesa = models.ForeignKey(
        Mesa, models.PROTECT, related_name="agreements", verbose_name=_("mesa")
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="agreements", verbose_name=_("reunión")
    )
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, related_name="agreements", verbose_name=_("punto de agenda")
    )
    number = models.PositiveSmallIntegerField(_("número"))
    text = models.TextField(_("acuerdo"))
    expected_result = models.TextField(_("resultado esperado"), blank=True)
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="agreements",
        verbose_name=_("institución responsable"),
    )  # fmt: skip
    responsible = models.CharField(_("persona responsable"), max_length=200)
    responsible_person = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="agreements",
        verbose_name=_("persona usuaria responsable"),
    )  # fmt: skip
    agreed_due_on = models.DateField(_("fecha acordada"))
    due_on = models.DateField(_("fecha vigente"))
    goal = models.ForeignKey(
        Goal, models.PROTECT, null=True, blank=True, related_name="agreements",
        verbose_name=_("meta"),
    )  # fmt: skip
    theme = models.ForeignKey(
        CrossCuttingTheme, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("tema transversal"),
    )  # fmt: skip
    state = models.CharField(
        _("estado"), max_length=16, choices=State.choices, default=State.PENDING
    )
    is_final = models.BooleanField(_("definitivo"), default=False)
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by",
        verbose_name=_("sustituye a"),
    )  # fmt: skip
    fulfilled_on = models.DateField(_("cumplido el"), null=True, blank=True)
    result = models.TextField(_("resultado"), blank=True)
    from_observation = models.ForeignKey(
        "mesas.Conformity", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("a partir de la observación"),
    )  # fmt: skip
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("acuerdo")
        verbose_name_plural = _("acuerdos")
        ordering: ClassVar[list[str]] = ["meeting", "number"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["mesa", "state", "due_on"], name="agreement_by_mesa_and_date")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["meeting", "number"], name="agreement_numbers_of_a_meeting"
            ),
            models.CheckConstraint(
                condition=~models.Q(text=""),
                name="an_agreement_is_written",
                violation_error_message=_("Escriba el acuerdo."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="fulfilled")
                | (models.Q(fulfilled_on__isnull=False) & ~models.Q(result="")),
                name="a_fulfilled_agreement_says_when_and_what",
                violation_error_message=_("Escriba el día y el resultado."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}.{self.number}"


class AgreementStep(models.Model):
    """Something that happened to an agreement after it was agreed; only added, never changed."""

    class Kind(models.TextChoices):
        PROGRESS = "progress", _("avance")
        FULFILLED = "fulfilled", _("cumplido")
        RESCHEDULED = "rescheduled", _("reprogramado")
        WITHOUT_EFFECT = "without_effect", _("sin efecto")
        REOPENED = "reopened", _("reabierto")
        SUPERSEDED = "superseded", _("sustituido")
        ESCALATED = "escalated", _("elevado")

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="steps", verbose_name=_("acuerdo")
    )
    kind = models.CharField(_("qué pasó"), max_length=16, choices=Kind.choices)
    text = models.TextField(_("texto"))
    old_due_on = models.DateField(_("fecha anterior"), null=True, blank=True)
    new_due_on = models.DateField(_("fecha nueva"), null=True, blank=True)
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("evidencia"),
    )  # fmt: skip
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("por"))
    at = models.DateTimeField(_("el"))

    class Meta:
        verbose_name = _("paso de un acuerdo")
        verbose_name_plural = _("pasos de los acuerdos")
        ordering: ClassVar[list[str]] = ["agreement", "at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(kind="rescheduled")
                | models.Q(old_due_on__isnull=False, new_due_on__isnull=False),
                name="a_rescheduling_keeps_both_dates",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} · {self.kind}"


class Escalation(models.Model):
    """What a level could not solve, put to the level above: its reason and its decision.

    Those put to the Presidency are its register of decisions.
    """

    class To(models.TextChoices):
        POLITICAL = "political", _("nivel político de la mesa")
        PRESIDENCY = "presidency", _("Presidencia")

    class State(models.TextChoices):
        OPEN = "open", _("por decidir")
        DECIDED = "decided", _("decidida")
        FULFILLED = "fulfilled", _("cumplida")
        WITHDRAWN = "withdrawn", _("retirada")

    mesa = models.ForeignKey(
        Mesa, models.PROTECT, related_name="escalations", verbose_name=_("mesa")
    )
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="escalations",
        verbose_name=_("acuerdo"),
    )  # fmt: skip
    bottleneck = models.ForeignKey(
        "mesas.Bottleneck", models.PROTECT, null=True, blank=True, related_name="escalations",
        verbose_name=_("cuello de botella"),
    )  # fmt: skip
    to = models.CharField(_("a quién"), max_length=10, choices=To.choices)
    ask = models.TextField(_("qué se pide decidir"))
    reason = models.TextField(_("por qué se eleva"))
    raised_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("elevada por")
    )
    raised_at = models.DateTimeField(_("elevada el"))
    state = models.CharField(_("estado"), max_length=10, choices=State.choices, default=State.OPEN)
    decision = models.TextField(_("decisión"), blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("decidida por"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decidida el"), null=True, blank=True)
    owner = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("institución encargada"),
    )  # fmt: skip
    due_on = models.DateField(_("a más tardar"), null=True, blank=True)
    fulfilled_on = models.DateField(_("cumplida el"), null=True, blank=True)
    outcome = models.TextField(_("cómo terminó"), blank=True)
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("evidencia"),
    )  # fmt: skip
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("asunto elevado")
        verbose_name_plural = _("asuntos elevados")
        ordering: ClassVar[list[str]] = ["-raised_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "withdrawn"])
                | (
                    models.Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~models.Q(decision="")
                ),
                name="a_decided_matter_says_who_and_what",
                violation_error_message=_("Escriba la decisión."),
            ),
            models.CheckConstraint(
                condition=models.Q(agreement__isnull=True) | models.Q(bottleneck__isnull=True),
                name="a_matter_comes_from_one_thing",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="fulfilled")
                | (models.Q(fulfilled_on__isnull=False) & ~models.Q(outcome="")),
                name="a_fulfilled_decision_says_when_and_how",
                violation_error_message=_("Escriba el día y cómo se cumplió."),
            ),
            models.UniqueConstraint(
                fields=["agreement", "to"],
                condition=models.Q(state="open", agreement__isnull=False),
                name="an_agreement_is_escalated_once",
                violation_error_message=_("Ese acuerdo ya espera una decisión."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} · {self.to}"
