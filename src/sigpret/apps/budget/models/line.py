"""The lines of a budget, as SIAFI keys them, and what was executed of each."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.budget.models.structure import ProgrammaticCategory
from sigpret.apps.institutions.models import Institution
from sigpret.apps.reference.models import ExpenseObject, FinancingBody, FundingSource


class BudgetLine(models.Model):
    """One key of twelve segments: gestión-institución-gerencia-unidad ejecutora-programa-
    subprograma-proyecto-actividad-fuente-organismo-objeto-beneficiario (SEFIN, OCDS SIAFI2).

    `category` is the most detailed of its programme segments. Amounts are lempiras;
    `modifications` may be negative; what is current is worked out in `methodology.execution`.
    Lines come by the hundred thousand: the classifiers are not indexed, nobody asks by them alone.
    """

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="budget_lines", verbose_name=_("institución")
    )
    fiscal_year = models.PositiveSmallIntegerField(_("ejercicio"))
    key = models.CharField(_("clave presupuestaria"), max_length=120)
    administrative_unit = models.CharField(_("gerencia administrativa"), max_length=20)
    executing_unit = models.CharField(_("unidad ejecutora"), max_length=20)
    category = models.ForeignKey(
        ProgrammaticCategory,
        models.PROTECT,
        related_name="lines",
        verbose_name=_("categoría programática"),
    )
    funding_source = models.ForeignKey(
        FundingSource,
        models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("fuente de financiamiento"),
    )
    financing_body = models.ForeignKey(
        FinancingBody,
        models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("organismo financiador"),
    )
    expense_object = models.ForeignKey(
        ExpenseObject,
        models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("objeto del gasto"),
    )
    beneficiary = models.CharField(_("beneficiario de la transferencia"), max_length=20)
    approved = models.DecimalField(_("aprobado"), max_digits=20, decimal_places=2)
    modifications = models.DecimalField(
        _("modificaciones"), max_digits=20, decimal_places=2, default=0
    )
    balance = models.DecimalField(
        _("saldo reportado"), max_digits=20, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = _("línea de presupuesto")
        verbose_name_plural = _("líneas de presupuesto")
        ordering: ClassVar[list[str]] = ["fiscal_year", "key"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["key"],
                name="a_budget_key_is_unique",
                violation_error_message=_("Esa clave presupuestaria ya existe."),
            ),
            models.CheckConstraint(
                condition=models.Q(approved__gte=0),
                name="an_approved_amount_is_not_negative",
                violation_error_message=_("Lo aprobado no puede ser negativo."),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class LineExecution(models.Model):
    """What was executed of a line in a month or a quarter, in lempiras.

    A reversal is negative: only the year's running sum may not be. `period` is an SDMX code.
    Found by line through its unique constraint.
    """

    line = models.ForeignKey(
        BudgetLine,
        models.CASCADE,
        related_name="execution",
        db_index=False,
        verbose_name=_("línea"),
    )
    period = models.CharField(_("periodo"), max_length=8)
    committed = models.DecimalField(_("comprometido"), max_digits=20, decimal_places=2, default=0)
    accrued = models.DecimalField(_("devengado"), max_digits=20, decimal_places=2, default=0)
    paid = models.DecimalField(_("pagado"), max_digits=20, decimal_places=2, default=0)
    planned = models.DecimalField(
        _("cuota programada"), max_digits=20, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = _("ejecución de la línea")
        verbose_name_plural = _("ejecuciones de la línea")
        ordering: ClassVar[list[str]] = ["line", "period"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["line", "period"], name="one_execution_per_line_and_period"
            ),
            models.CheckConstraint(
                condition=models.Q(period__regex=r"^\d{4}-(Q[1-4]|M(0[1-9]|1[0-2]))$"),
                name="execution_is_monthly_or_quarterly",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.period} {self.accrued}"
