"""What an institution says it did in a quarter, value by value."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.models.round import ReportingRound
from sigpret.apps.planning.models import Product
from sigpret.apps.results.models import Indicator


class ReportState(models.TextChoices):
    """The states of a report and of each of its values; `workflow` says how they change."""

    DRAFT = "draft", _("borrador")
    AWAITING_APPROVAL = "to_approve", _("por aprobar")
    SUBMITTED = "submitted", _("enviado")
    RETURNED = "returned", _("devuelto")
    VALIDATED = "validated", _("validado")


class ProgressReport(models.Model):
    """An institution's report of a quarter: who prepared it, who approved and sent it.

    `given_back_note` is what the approver asked for the last time; sending again empties it.
    `receipt` is the number of the last time it arrived.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="reports")
    round = models.ForeignKey(ReportingRound, models.PROTECT, related_name="reports")
    state = models.CharField(
        _("estado"), max_length=10, choices=ReportState.choices, default=ReportState.DRAFT
    )
    prepared_at = models.DateTimeField(_("enviado a aprobación el"), null=True, blank=True)
    prepared_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("preparado por"),
    )
    given_back_note = models.TextField(
        _("por qué volvió a la UPGRET"), blank=True, default="", db_default=""
    )
    given_back_at = models.DateTimeField(_("devuelto a la UPGRET el"), null=True, blank=True)
    given_back_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("devuelto a la UPGRET por"),
    )
    submitted_at = models.DateTimeField(_("enviado el"), null=True, blank=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    receipt = models.CharField(_("número de recibo"), max_length=20, blank=True, db_default="")
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("reporte de avance")
        verbose_name_plural = _("reportes de avance")
        ordering: ClassVar[list[str]] = ["round__period", "institution__code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["institution", "round"], name="one_report_per_institution_and_round"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[ReportState.DRAFT, ReportState.AWAITING_APPROVAL])
                | models.Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="a_submitted_report_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ReportState.AWAITING_APPROVAL)
                | models.Q(prepared_at__isnull=False, prepared_by__isnull=False),
                name="a_report_to_approve_says_who_prepared_it",
            ),
            models.CheckConstraint(
                condition=models.Q(given_back_note="")
                | models.Q(given_back_at__isnull=False, given_back_by__isnull=False),
                name="a_report_given_back_says_who_and_when",
            ),
            models.UniqueConstraint(
                fields=["receipt"],
                condition=~models.Q(receipt=""),
                name="a_receipt_number_is_given_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.round}"


class ReportedValue(models.Model):
    """The one value of a product or indicator for a quarter; correcting it replaces it.

    `value` null is "not written yet", unless it `has_no_denominator`: 0 of 0 was reported, and
    there is nothing to compute. A zero is a value.
    """

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="values")
    period = models.CharField(_("periodo"), max_length=8)
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="reported_values"
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="reported_values"
    )
    value = models.DecimalField(
        _("ejecutado"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    has_no_denominator = models.BooleanField(
        _("reportado sin denominador"), default=False, db_default=False
    )
    state = models.CharField(
        _("estado"), max_length=10, choices=ReportState.choices, default=ReportState.DRAFT
    )
    cause_category = models.CharField(_("tipo de causa"), max_length=30, blank=True)
    cause = models.TextField(_("causa"), blank=True)
    observation = models.TextField(_("observación de quien revisa"), blank=True)
    assigned_to = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asignado a"),
    )
    reported_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField(_("escrito el"), null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decidido el"), null=True, blank=True)
    decided_version = models.PositiveIntegerField(
        _("versión en que quedó al decidirse"), null=True, blank=True
    )
    version = models.PositiveIntegerField(_("versión"), default=1)

    class Meta:
        verbose_name = _("valor reportado")
        verbose_name_plural = _("valores reportados")
        ordering: ClassVar[list[str]] = ["report", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["period", "state"], name="value_by_period_and_state")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["product", "period"],
                name="one_value_per_product_and_period",
                violation_error_message=_("Ese producto ya tiene un valor en el trimestre."),
            ),
            models.UniqueConstraint(
                fields=["indicator", "period"],
                name="one_value_per_indicator_and_period",
                violation_error_message=_("Ese indicador ya tiene un valor en el trimestre."),
            ),
            models.CheckConstraint(
                condition=models.Q(product__isnull=False, indicator__isnull=True)
                | models.Q(product__isnull=True, indicator__isnull=False),
                name="a_value_is_of_a_product_or_of_an_indicator",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[ReportState.DRAFT, ReportState.RETURNED])
                | models.Q(value__isnull=False)
                | models.Q(has_no_denominator=True),
                name="what_is_submitted_was_written",
                violation_error_message=_("Escriba el valor antes de enviarlo."),
            ),
            models.CheckConstraint(
                condition=models.Q(has_no_denominator=False)
                | models.Q(value__isnull=True, indicator__isnull=False),
                name="what_has_no_denominator_has_no_value",
                violation_error_message=_("Sin denominador no hay valor."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ReportState.VALIDATED)
                | models.Q(decided_by__isnull=False, decided_at__isnull=False),
                name="a_validated_value_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ReportState.RETURNED) | ~models.Q(observation=""),
                name="a_returned_value_says_why",
                violation_error_message=_("Escriba por qué devuelve el dato."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id or self.indicator_id} {self.period} {self.value}"
