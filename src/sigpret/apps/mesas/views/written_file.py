"""A diagnosis or a progress report as PDF to keep, or as Word to go on writing."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sigpret.apps.mesas.queries.written_products import WrittenProduct
from sigpret.apps.mesas.views.loading import mesa_page
from sigpret.apps.mesas.views.written_product import Asked, asked, diagnosis_place, report_place
from sigpret.apps.mesas.written_words import SECTIONS
from sigpret.documents.mesa_product import (
    ProductPaper,
    ProductSection,
    product_docx,
    product_pdf,
)
from sigpret.web.dates import date_words
from sigpret.web.http import role_required

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@role_required()
@require_safe
def diagnosis_file(request: HttpRequest, slug: str, suffix: str) -> HttpResponse:
    page = mesa_page(request, slug)
    return answer(asked(request, page, diagnosis_place(request, page)), suffix)


@role_required()
@require_safe
def progress_report_file(request: HttpRequest, slug: str, period: str, suffix: str) -> HttpResponse:
    page = mesa_page(request, slug)
    return answer(asked(request, page, report_place(page, period)), suffix)


def answer(it: Asked, suffix: str) -> HttpResponse:
    """Raises Http404 for what nobody wrote, or for another kind of file."""
    product = it.shown.shown
    if product is None or suffix not in ("pdf", "docx"):
        raise Http404(_("Ese documento no existe."))
    paper = paper_of(product, it.page.name)
    decided = product.decided
    moment = decided.decided_at or decided.proposed_at or decided.written_at
    data = product_pdf(paper, written_at=moment) if suffix == "pdf" else product_docx(paper)
    when = product.period or product.year
    name = f"{product.kind}-{it.page.slug}-{when}-v{product.number}.{suffix}"
    shown = "inline" if suffix == "pdf" else "attachment"
    return HttpResponse(
        data,
        content_type=PDF if suffix == "pdf" else WORD,
        headers={
            "Content-Disposition": f'{shown}; filename="{name}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def paper_of(product: WrittenProduct, mesa: str) -> ProductPaper:
    labels = SECTIONS[product.kind]
    challenges = (
        (str(one.number), one.title, one.evidence or "—", one.goal_code or "—")
        for one in product.challenges
    )
    return ProductPaper(
        kind=product.label.capitalize(),
        title=product.title,
        mesa=mesa,
        version=product.number,
        facts=tuple(facts_of(product)),
        sections=tuple(
            ProductSection(str(label), product.sections.get(key, ""))
            for key, label in labels.items()
        ),
        challenges=tuple(challenges),
        is_approved=product.decided.state in ("approved", "superseded"),
        digest=product.digest,
        is_demo=settings.DEMO,
    )


def facts_of(product: WrittenProduct) -> list[tuple[str, str]]:
    way = product.decided
    found = [(_("Estado"), way.state_label), (_("Elaboró"), said(way.written_by, way.written_at))]
    if way.proposed_at:
        found.append((_("Propuso"), said(way.proposed_by, way.proposed_at)))
    if way.decided_at:
        found.append((_("Decidió"), said(way.decided_by, way.decided_at)))
        found.append((_("Razones"), way.reason))
    return found


def said(who: str, at: object) -> str:
    return f"{who}, {date_words(at)}"  # type: ignore[arg-type]
