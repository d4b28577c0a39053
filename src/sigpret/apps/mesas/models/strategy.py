"""What keeps goals from being reached, and the options that were compared to solve it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.models import Institution
from sigpret.apps.mesas.models.meeting import Meeting
from sigpret.apps.mesas.models.mesa import Mesa
from sigpret.apps.results.models import Goal


class Bottleneck(models.Model):
    """What may keep goals from being reached: cause, affected goals, severity, owner."""

    class Severity(models.TextChoices):
        HIGH = "high", _("alta")
        MEDIUM = "medium", _("media")
        LOW = "low", _("baja")

    class State(models.TextChoices):
        OPEN = "open", _("abierto")
        IN_ACTION = "in_action", _("en acción")
        SOLVED = "solved", _("resuelto")

    mesa = models.ForeignKey(
        Mesa, models.CASCADE, related_name="bottlenecks", verbose_name=_("mesa")
    )
    title = models.CharField(_("cuello de botella"), max_length=300)
    cause = models.TextField(_("causa"))
    severity = models.CharField(_("gravedad"), max_length=6, choices=Severity.choices)
    goals = models.ManyToManyField(
        Goal, related_name="bottlenecks", verbose_name=_("metas que afecta")
    )
    owner = models.ForeignKey(
        Institution, models.PROTECT, related_name="bottlenecks",
        verbose_name=_("institución encargada"),
    )  # fmt: skip
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="bottlenecks",
        verbose_name=_("identificado en la reunión"),
    )  # fmt: skip
    state = models.CharField(_("estado"), max_length=10, choices=State.choices, default=State.OPEN)
    found_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("identificado por")
    )
    found_at = models.DateTimeField(_("identificado el"))
    solved_on = models.DateField(_("resuelto el"), null=True, blank=True)
    solution = models.TextField(_("cómo se resolvió"), blank=True)
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("cuello de botella")
        verbose_name_plural = _("cuellos de botella")
        ordering: ClassVar[list[str]] = ["mesa", "state", "-found_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(state="solved")
                | (models.Q(solved_on__isnull=False) & ~models.Q(solution="")),
                name="a_solved_bottleneck_says_how",
                violation_error_message=_("Escriba cómo se resolvió."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Strategy(models.Model):
    """A problem with its options compared: proposed technically, approved politically."""

    class State(models.TextChoices):
        DRAFT = "draft", _("en elaboración")
        PROPOSED = "proposed", _("propuesta al nivel político")
        APPROVED = "approved", _("aprobada")
        RETURNED = "returned", _("devuelta")

    mesa = models.ForeignKey(
        Mesa, models.CASCADE, related_name="strategies", verbose_name=_("mesa")
    )
    title = models.CharField(_("estrategia"), max_length=300)
    problem = models.TextField(_("qué problema atiende"))
    bottleneck = models.ForeignKey(
        Bottleneck, models.PROTECT, null=True, blank=True, related_name="strategies",
        verbose_name=_("cuello de botella"),
    )  # fmt: skip
    goals = models.ManyToManyField(
        Goal, related_name="strategies", blank=True, verbose_name=_("metas")
    )
    state = models.CharField(_("estado"), max_length=10, choices=State.choices, default=State.DRAFT)
    written_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("elaborada por")
    )
    written_at = models.DateTimeField(_("elaborada el"))
    proposed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("propuesta por"),
    )  # fmt: skip
    proposed_at = models.DateTimeField(_("propuesta el"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("decidida por"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decidida el"), null=True, blank=True)
    decision_reason = models.TextField(_("razones de la decisión"), blank=True)
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("estrategia de la mesa")
        verbose_name_plural = _("estrategias de la mesa")
        ordering: ClassVar[list[str]] = ["mesa", "-written_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["approved", "returned"])
                | (
                    models.Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~models.Q(decision_reason="")
                ),
                name="a_decided_strategy_says_who_and_why",
                violation_error_message=_("Escriba las razones de la decisión."),
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | ~models.Q(decided_by=models.F("proposed_by")),
                name="nobody_decides_a_strategy_they_proposed",
                violation_error_message=_("Quien propone no decide: pídalo a otra persona."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CourseOfAction(models.Model):
    """One of the options of a strategy, so that they can be compared before choosing."""

    strategy = models.ForeignKey(
        Strategy, models.CASCADE, related_name="options", verbose_name=_("estrategia")
    )
    number = models.PositiveSmallIntegerField(_("número"))
    text = models.CharField(_("curso de acción"), max_length=300)
    benefits = models.TextField(_("a favor"), blank=True)
    risks = models.TextField(_("en contra"), blank=True)
    cost = models.CharField(_("costo"), max_length=200, blank=True)
    time = models.CharField(_("tiempo"), max_length=200, blank=True)
    owner = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("institución encargada"),
    )  # fmt: skip
    is_recommended = models.BooleanField(_("recomendado por el nivel técnico"), default=False)
    is_chosen = models.BooleanField(_("elegido por el nivel político"), default=False)

    class Meta:
        verbose_name = _("curso de acción")
        verbose_name_plural = _("cursos de acción")
        ordering: ClassVar[list[str]] = ["strategy", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["strategy", "number"], name="options_of_a_strategy_in_order"
            ),
            models.UniqueConstraint(
                fields=["strategy"],
                condition=models.Q(is_recommended=True),
                name="one_option_is_recommended",
            ),
            models.UniqueConstraint(
                fields=["strategy"],
                condition=models.Q(is_chosen=True),
                name="one_option_is_chosen",
            ),
        ]

    def __str__(self) -> str:
        return self.text
