"""T2 · A column from a spreadsheet, seen beside the rows before anything is saved."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sigpret.apps.monitoring.forms import PasteForm
from sigpret.apps.monitoring.permissions import check_can_write_report
from sigpret.apps.monitoring.queries import SheetRow
from sigpret.apps.monitoring.views.report_place import crumbs_of, readable_sheet, report_url
from sigpret.apps.monitoring.views.row_amounts import form_of, initial_of
from sigpret.web.components import Crumb
from sigpret.web.formats import ParsedCell
from sigpret.web.http import render_page, role_required

TEMPLATE = "monitoring/paste.html"


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A row of the report beside the cell that would fall on it; a blank cell changes nothing."""

    row: SheetRow
    cell: ParsedCell

    @property
    def is_change(self) -> bool:
        return bool(self.cell.error) or (
            self.cell.value is not None and self.cell.value != self.row.cell.value
        )

    @property
    def form(self):
        return form_of(self.row)

    @property
    def seen(self) -> dict[str, str]:
        return initial_of(self.row)


@role_required()
def paste(request: HttpRequest, code: str, year: int, quarter: int) -> HttpResponse:
    """GET asks for the column; POST shows what would change. Saving happens on the report."""
    institution, sheet = readable_sheet(request, code, year, quarter)
    check_can_write_report(request.access, institution.pk)
    rows = [row for row in sheet.rows if row.is_editable]
    form = PasteForm(request.POST or None)
    cells = form.cleaned_data["column"] if form.is_bound and form.is_valid() else ()
    context = {
        "sheet": sheet,
        "rows": rows,
        "form": form,
        "lines": lines_of(rows, cells),
        "surplus": max(len(cells) - len(rows), 0),
        "report_url": report_url(sheet),
        "crumbs": crumbs_of(sheet, Crumb(_("Pegar una columna"))),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render_page(request, TEMPLATE, context, status=status)


def lines_of(rows: Sequence[SheetRow], cells: Sequence[ParsedCell]) -> list[PreviewLine]:
    """Cells fall on the editable rows in their order."""
    return [PreviewLine(row, cell) for row, cell in zip(rows, cells, strict=False)]
