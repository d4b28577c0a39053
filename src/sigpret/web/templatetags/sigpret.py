"""`{% load sigpret %}`: numbers, dates, statuses, icons and the sentence of an explanation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sigpret.web import dates, explanations, formats
from sigpret.web.charts import Chart
from sigpret.web.icons import icon_svg
from sigpret.web.share import whatsapp_url
from sigpret.web.statuses import LOOKS, look_of

register = template.Library()
SELECTED = mark_safe(" selected")

register.filter("number", formats.format_number)
register.filter("signed", formats.format_signed)
register.filter("percent", formats.format_percent)
register.filter("file_size", formats.format_size)
register.filter("money", formats.format_money)
register.filter("money_short", formats.format_money_short)
register.filter("millions", formats.format_millions)

register.filter("date_words", dates.date_words)
register.filter("long_date", dates.long_date)
register.filter("short_date", dates.short_date)
register.filter("day_month", dates.day_month)
register.filter("deadline", dates.deadline_words)
register.filter("short_deadline", dates.short_deadline)
register.filter("clock_time", dates.clock_time)
register.filter("days_left", dates.days_left)

register.filter("period", dates.period_words)
register.filter("period_short", dates.period_short)
register.filter("period_name", dates.period_name)
register.filter("period_roman", dates.period_roman)

register.filter("explain", explanations.sentence)


@register.filter
def status_word(status: str | None) -> str | Promise:
    """`En riesgo`."""
    return look_of(status).word


@register.filter
def status_plural(status: str | None) -> str | Promise:
    """`Rezagadas`."""
    return look_of(status).plural


@register.filter
def status_class(status: str | None) -> str:
    """The CSS class that carries the three colours of the status."""
    return look_of(status).css


@register.simple_tag
def icon(name: str, size: int = 16, css: str = "") -> SafeString:
    """A stroke icon beside its text."""
    return icon_svg(name, size, css)


@register.simple_tag
def glyph(status: str | None, size: int = 16, *, labelled: bool = True) -> SafeString:
    """The shape of a status; `labelled=False` when its word stands beside it."""
    look = look_of(status)
    return format_html(
        '<svg class="glyph {}" width="{}" height="{}" viewBox="0 0 16 16" {}>{}</svg>',
        look.css,
        int(size),
        int(size),
        format_html('role="img" aria-label="{}"', look.word)
        if labelled
        else mark_safe('aria-hidden="true"'),
        mark_safe(look.shape),  # noqa: S308 - constant drawings of statuses.py
    )


@register.simple_tag
def pill(status: str | None, words: str = "") -> SafeString:
    """Glyph and word on the soft colour of the status."""
    look = look_of(status)
    return format_html(
        '<span class="pill {}">{}{}</span>',
        look.css,
        glyph(status, 14, labelled=False),
        words or look.word,
    )


@register.simple_tag
def achieved(status: str | None, value: formats.Number | None) -> SafeString:
    """`(glyph) 97 %`: the percentage with its status, for table cells."""
    look = look_of(status)
    return format_html(
        '<span class="achieved {}">{}{}</span>',
        look.css,
        glyph(status, 14),
        formats.format_percent(value),
    )


@register.simple_tag
def status_key() -> SafeString:
    """The legend of the seven states, worst first."""
    items = "".join(
        format_html("<li>{}{}</li>", glyph(code, 16, labelled=False), look.word)
        for code, look in LOOKS.items()
    )
    return format_html('<ul class="key">{}</ul>', mark_safe(items))  # noqa: S308


@register.simple_tag
def options(rows: Iterable[Any], chosen: object = None) -> SafeString:
    """The options of a list: rows with `id` and `label`, the one whose id was chosen selected."""
    wanted = str(chosen)
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((row.id, SELECTED if str(row.id) == wanted else "", row.label) for row in rows),
    )


@register.simple_tag
def avatar(name: str) -> SafeString:
    """Initials of a person, decorative: the name is always written beside it or in its label."""
    words = [word for word in str(name).split() if word[:1].isupper()] or str(name).split()
    initials = "".join(word[0] for word in (words[0], words[-1])[: len(words)]) if words else "?"
    return format_html('<span class="avatar" aria-hidden="true">{}</span>', initials.upper())


@register.simple_tag
def progress(done: int, total: int, label: str) -> SafeString:
    """A progress bar with its words for people who do not see it."""
    return format_html(
        '<progress class="progress" max="{}" value="{}" aria-label="{}">{} / {}</progress>',
        max(total, 1),
        max(min(done, total), 0),
        label,
        done,
        total,
    )


@register.simple_tag
def chart(drawing: Chart) -> SafeString:
    """The drawing alone; its table must then stand elsewhere on the page."""
    return mark_safe(drawing.svg())  # noqa: S308 - every text was escaped by charts.svg


@register.inclusion_tag("components/figure.html")
def figure(drawing: Chart, title: str = "", note: str = "") -> dict[str, object]:
    """Title that states the finding, drawing, and "Ver los números"."""
    return {"drawing": chart(drawing), "table": drawing.table(), "title": title, "note": note}


@register.inclusion_tag("components/numbers.html")
def chart_numbers(drawing: Chart) -> dict[str, object]:
    """Only the table twin, folded."""
    return {"table": drawing.table()}


@register.inclusion_tag("components/whatsapp.html", takes_context=True)
def whatsapp(context: dict[str, Any], path: str, text: str = "", css: str = "") -> dict[str, str]:
    """A link that opens WhatsApp with a sentence and the address; never with personal data."""
    address = context["request"].build_absolute_uri(path)
    return {
        "url": whatsapp_url(text or str(_("Tiene un pendiente en SIGPRET:")), address),
        "css": css,
    }
