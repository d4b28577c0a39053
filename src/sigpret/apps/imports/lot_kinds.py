"""What differs between workbooks of a report, of the matrix and of a plan: the preview, the
writing, the way back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.imports.actions.lots import AppliedLot
from sigpret.apps.imports.actions.matrix_lot import apply_matrix_lot
from sigpret.apps.imports.actions.plan_lot import apply_plan_lot
from sigpret.apps.imports.actions.report_lot import apply_report_lot
from sigpret.apps.imports.queries.lots import LotFacts
from sigpret.apps.imports.queries.matrix_lot import matrix_lot
from sigpret.apps.imports.queries.plan_lot import plan_lot, plan_place
from sigpret.apps.imports.queries.report_lot import not_due_of, report_lot, report_place
from sigpret.apps.imports.workbooks.marks import marks_of, new_rows_of
from sigpret.apps.imports.workbooks.matrix_out import matrix_workbook
from sigpret.apps.imports.workbooks.plan_out import plan_workbook
from sigpret.apps.imports.workbooks.preview import Preview
from sigpret.apps.imports.workbooks.report_out import report_workbook
from sigpret.apps.institutions.queries import Access
from sigpret.documents.workbook import Workbook
from sigpret.web.components import Crumb
from sigpret.web.dates import period_words


@dataclass(frozen=True, slots=True)
class Visit:
    """Who looks at the lot, with what rights, when."""

    actor: User
    access: Access
    at: datetime


class LotKind(ABC):
    """One kind of lot, as its screen uses it."""

    def __init__(self, facts: LotFacts) -> None:
        self.facts = facts

    @property
    @abstractmethod
    def place(self) -> str:
        """What it changes, in words."""

    @abstractmethod
    def preview(self, visit: Visit) -> Preview:
        """What it would change for this person."""

    @abstractmethod
    def apply(self, visit: Visit) -> AppliedLot:
        """Write what can be written."""

    @abstractmethod
    def marked(self, visit: Visit) -> Workbook:
        """The workbook again, with what was found in it."""

    @property
    @abstractmethod
    def home_url(self) -> str:
        """Where what it changes is seen."""

    @property
    @abstractmethod
    def file_url(self) -> str:
        """Where the right file is downloaded."""

    @property
    @abstractmethod
    def upload_url(self) -> str:
        """Where a file is uploaded."""

    @property
    @abstractmethod
    def crumbs(self) -> tuple[Crumb, ...]:
        """The way here."""


class ReportKind(LotKind):
    """A workbook of the quarter's report."""

    @property
    def place(self) -> str:
        return _("Reporte del %(period)s") % {"period": period_words(self.facts.period)}

    def preview(self, visit: Visit) -> Preview:
        return report_lot(self.facts).preview()

    def apply(self, visit: Visit) -> AppliedLot:
        return apply_report_lot(
            actor=visit.actor, access=visit.access, lot_id=self.facts.pk, at=visit.at
        )

    def marked(self, visit: Visit) -> Workbook:
        lot = report_lot(self.facts)
        return report_workbook(
            lot.sheet,
            not_due_of(report_place(self.facts)[0], lot.sheet),
            at=visit.at,
            by=str(visit.actor),
            is_demo=settings.DEMO,
            marks=marks_of(lot.preview(), self.facts.content),
        )

    @property
    def address(self) -> list[object]:
        institution, period = report_place(self.facts)
        return [institution.code, period.year, period.number]

    @property
    def home_url(self) -> str:
        return reverse("monitoring:report", args=self.address)

    @property
    def file_url(self) -> str:
        return reverse("imports:report_workbook", args=self.address)

    @property
    def upload_url(self) -> str:
        return reverse("imports:report_upload", args=self.address)

    @property
    def crumbs(self) -> tuple[Crumb, ...]:
        return (Crumb(self.place, self.home_url), Crumb(_("Excel"), self.upload_url))


class MatrixKind(LotKind):
    """A workbook of the results matrix."""

    @property
    def place(self) -> str:
        return _("Matriz de Consistencia de Resultados")

    def preview(self, visit: Visit) -> Preview:
        return matrix_lot(self.facts, visit.access).preview()

    def apply(self, visit: Visit) -> AppliedLot:
        return apply_matrix_lot(
            actor=visit.actor, access=visit.access, lot_id=self.facts.pk, at=visit.at
        )

    def marked(self, visit: Visit) -> Workbook:
        lot = matrix_lot(self.facts, visit.access)
        present = {line.identifier for line in self.facts.content.table.rows}
        return matrix_workbook(
            [row for row in lot.rows.values() if row.code in present],
            lot.lists,
            writable=lot.writable,
            at=visit.at,
            by=str(visit.actor),
            is_demo=settings.DEMO,
            marks=marks_of(lot.preview(), self.facts.content),
        )

    @property
    def home_url(self) -> str:
        return reverse("results:table")

    @property
    def file_url(self) -> str:
        return reverse("imports:matrix_workbook")

    @property
    def upload_url(self) -> str:
        return reverse("imports:matrix_upload")

    @property
    def crumbs(self) -> tuple[Crumb, ...]:
        return (Crumb(_("Tabla de la MCR"), self.home_url), Crumb(_("Excel"), self.upload_url))


class PlanKind(LotKind):
    """A workbook of a plan."""

    @property
    def place(self) -> str:
        return _("Plan operativo %(year)d") % {"year": plan_place(self.facts)[1]}

    def preview(self, visit: Visit) -> Preview:
        return plan_lot(self.facts).preview()

    def apply(self, visit: Visit) -> AppliedLot:
        return apply_plan_lot(
            actor=visit.actor, access=visit.access, lot_id=self.facts.pk, at=visit.at
        )

    def marked(self, visit: Visit) -> Workbook:
        lot = plan_lot(self.facts)
        seen = lot.preview()
        return plan_workbook(
            lot.plan,
            lot.lists,
            is_writable=not lot.closed,
            at=visit.at,
            by=str(visit.actor),
            is_demo=settings.DEMO,
            shut=lot.shut,
            marks=marks_of(seen, self.facts.content),
            added=new_rows_of(seen, self.facts.content),
        )

    @property
    def address(self) -> list[object]:
        institution, year = plan_place(self.facts)
        return [year, institution.code]

    @property
    def home_url(self) -> str:
        return reverse("planning:plan", args=self.address)

    @property
    def file_url(self) -> str:
        return reverse("imports:plan_workbook", args=self.address)

    @property
    def upload_url(self) -> str:
        return reverse("imports:plan_upload", args=self.address)

    @property
    def crumbs(self) -> tuple[Crumb, ...]:
        return (Crumb(self.place, self.home_url), Crumb(_("Excel"), self.upload_url))


KINDS: dict[str, type[LotKind]] = {"report": ReportKind, "matrix": MatrixKind, "plan": PlanKind}


def kind_of(facts: LotFacts) -> LotKind:
    """The lot as its own kind."""
    return KINDS[facts.kind](facts)
