"""The published chain of a promise in printed words, and as rows of a file."""

from collections.abc import Iterable
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.portal.queries.value_chain import PromiseChain, PublishedPart
from sigpret.web.charts import ChainNode, ValueChain
from sigpret.web.formats import format_number, format_percent, sign_of
from sigpret.web.value_chain import PRODUCTS, ChainLinkage, ChainParts, assembled

Row = tuple[object, ...]


def value_chain_of(chain: PromiseChain) -> ValueChain:
    """The stages and links of a promise's chain."""
    text = chain.promise.card.text
    parts = ChainParts(_("Cadena de valor de «%(promise)s»") % {"promise": text})
    for goal in chain.goals:
        parts.add(goal.level, box(goal, chain))
    for product in chain.products:
        parts.add(PRODUCTS, box(product, chain))
    parts.links += [ChainLinkage(link.child, link.parent, link.share) for link in chain.links]
    return assembled(parts)


def box(part: PublishedPart, chain: PromiseChain) -> ChainNode:
    """A part with its published figures; an institution's own are not published."""
    is_promise = part.code == chain.promise.code
    if part.status is None:
        note = _("avance no publicado")
        return ChainNode(part.code, part.text, tag=part.answers, note=note)
    return ChainNode(
        part.code,
        part.text,
        reverse("portal:promise", args=(chain.promise.card.slug,)) if is_promise else "",
        part.answers,
        planned=bare(part.planned, part.unit),
        executed=bare(part.executed, part.unit),
        unit="" if sign_of(part.unit) == "%" else part.unit.lower(),
        achieved=format_percent(part.achievement),
        status=part.status,
        is_here=is_promise,
    )


def bare(value: Decimal | None, unit: str) -> str:
    """`61 %`, `742`: the name of the unit stands beside."""
    return format_percent(value) if sign_of(unit) == "%" else format_number(value)


def chain_rows(chain: PromiseChain) -> Iterable[Row]:
    """The chain as a table with its header: one row per link; percentages unrounded."""
    yield (
        *("codigo", "elemento", "nivel", "responde", "unidad", "programado_a_la_fecha"),
        *("ejecutado_a_la_fecha", "cumplimiento", "aporta_a", "peso"),
    )
    for part in (*chain.products, *chain.goals):
        facts = (
            *(part.code, part.text, part.level, part.answers, part.unit, part.planned),
            *(part.executed, part.achievement),
        )
        above = [link for link in chain.links if link.child == part.code]
        if not above:
            yield (*facts, None, None)
        for link in above:
            yield (*facts, link.parent, link.share)
