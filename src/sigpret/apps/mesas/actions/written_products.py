"""The products a mesa writes here: its diagnosis and its progress reports, version by version."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.mesas.actions.proposals import (
    WRITABLE,
    ProposalError,
    Proposing,
    StaleProposalError,
    check_is_current,
    check_is_writable,
    held,
    note,
)
from sigpret.apps.mesas.models import Challenge, Mesa, MesaProduct
from sigpret.apps.mesas.permissions import check_can_write
from sigpret.apps.mesas.queries.held_back import goals_behind
from sigpret.apps.mesas.queries.standing import Standing
from sigpret.apps.mesas.written_words import (
    SECTIONS,
    evidence_of,
    generated,
    generated_section,
    product_title,
)
from sigpret.apps.results.models import Goal
from sigpret.web.dates import day_of

Kind, State = MesaProduct.Kind, MesaProduct.State
IN_PREPARATION = (*WRITABLE, State.PROPOSED)
#: Challenges a diagnosis starts with; the rest of the goals behind may be added.
MOST_PREFILLED = 8


@dataclass(frozen=True, slots=True)
class TypedChallenge:
    """A challenge of the sector as it is typed."""

    title: str
    description: str = ""
    evidence: str = ""
    goal_id: int | None = None


@transaction.atomic
def begin_product(
    *, actor: User, standing: Standing, kind: str, year: int, period: str, at: datetime
) -> MesaProduct:
    """Begin the next version: a copy of the last one, or a first one filled in with the data.

    With one in preparation, that one comes back. Raises PermissionDenied and ProposalError.
    """
    check_can_write(standing)
    mesa = Mesa.objects.select_related("sector").select_for_update(of=("self",)).get(
        pk=standing.mesa_id
    )  # fmt: skip
    if kind not in SECTIONS:
        raise ProposalError(_("Ese producto no se escribe aquí."))
    rows = MesaProduct.objects.filter(mesa=mesa, kind=kind, year=year, period=period)
    found: MesaProduct | None = rows.filter(state__in=IN_PREPARATION).first()
    if found is not None:
        return found
    last = rows.order_by("-number").first()
    product = MesaProduct.objects.create(
        mesa=mesa,
        kind=kind,
        year=year,
        period=period,
        number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
        title=product_title(mesa, kind, year, period),
        sections=last.sections if last else generated(mesa, kind, on=day_of(at)),
        written_by=actor,
        written_at=at,
    )
    if kind == Kind.DIAGNOSIS:
        copy_challenges(last, product) if last else add_challenges(product, at)
    note(product, at, actor, "begun")
    return product


@transaction.atomic
def save_section(*, proposing: Proposing, key: str, text: str, was: str) -> MesaProduct:
    """Write a section. `was` is the text the person read; another section is nobody's conflict.

    Raises PermissionDenied, ProposalError, StaleProposalError and MesaProduct.DoesNotExist.
    """
    product = writable(proposing)
    if key not in SECTIONS[product.kind]:
        raise ProposalError(_("Ese producto no lleva esa sección."))
    before, said = str(product.sections.get(key, "")), normal(text)
    if before == said:
        return product
    if before != normal(was):
        raise StaleProposalError(
            _("Otra persona cambió esta sección. Su texto sigue aquí: compárelo y guarde de nuevo.")
        )
    product.sections = {**product.sections, key: said}
    return touched(product, proposing, "written", str(SECTIONS[product.kind][key]))


@transaction.atomic
def refresh_section(*, proposing: Proposing, key: str) -> MesaProduct:
    """Take the data of today again for a section the platform can fill. Raises as `save_section`,
    and StaleProposalError when somebody wrote since."""
    product = writable(proposing)
    check_is_current(product, proposing)
    try:
        text = generated_section(product.mesa, key, on=day_of(proposing.at))
    except KeyError as missing:
        raise ProposalError(_("Esa sección la escriben las personas.")) from missing
    product.sections = {**product.sections, key: text}
    return touched(product, proposing, "refreshed", str(SECTIONS[product.kind].get(key, key)))


@transaction.atomic
def save_challenge(
    *, proposing: Proposing, typed: TypedChallenge, challenge_id: int | None = None
) -> Challenge:
    """Add a challenge to a diagnosis, or write one again. Raises as `refresh_section`."""
    product = writable(proposing)
    check_is_current(product, proposing)
    title = typed.title.strip()
    if not title:
        raise ProposalError(_("Escriba el desafío."))
    challenge = product.challenges.filter(pk=challenge_id).first() if challenge_id else None
    if challenge_id and challenge is None:
        raise ProposalError(_("Ese desafío ya no está."))
    if challenge is None:
        challenge = Challenge(product=product, number=next_number(product))
    challenge.title, challenge.description = title, normal(typed.description)
    challenge.evidence = normal(typed.evidence)
    goals = Goal.objects.filter(pk=typed.goal_id or 0, sector=product.mesa.sector_id)
    challenge.goal = goals.first()
    challenge.save()
    touched(product, proposing, "challenge", f"{challenge.number}. {title}")
    return challenge


@transaction.atomic
def remove_challenge(*, proposing: Proposing, challenge_id: int) -> MesaProduct:
    """Take a challenge out; one that is not there anymore changes nothing."""
    product = writable(proposing)
    challenge = product.challenges.filter(pk=challenge_id).first()
    if challenge is None:
        return product
    check_is_current(product, proposing)
    text = f"{challenge.number}. {challenge.title}"
    challenge.delete()
    return touched(product, proposing, "challenge_removed", text)


@transaction.atomic
def refresh_evidence(*, proposing: Proposing) -> MesaProduct:
    """Write today's figures as the evidence of each challenge that has a goal, and add the goals
    behind that no challenge names. Raises as `refresh_section`."""
    product = writable(proposing)
    check_is_current(product, proposing)
    behind = {goal.id: goal for goal in goals_behind(product.mesa, on=day_of(proposing.at))}
    for challenge in product.challenges.filter(goal__in=behind):
        challenge.evidence = evidence_of(behind.pop(challenge.goal_id or 0))
        challenge.save(update_fields=["evidence"])
    add_challenges(product, proposing.at)
    return touched(product, proposing, "refreshed", _("Evidencia de los desafíos"))


def writable(proposing: Proposing) -> MesaProduct:
    """The product of whoever may still write it. Raises PermissionDenied, ProposalError."""
    check_can_write(proposing.standing)
    product = held(proposing)
    assert isinstance(product, MesaProduct)  # noqa: S101 what `proposing.model` asked for
    check_is_writable(product)
    return product


def normal(text: str) -> str:
    """A browser sends `\\r\\n`; what is compared and kept has `\\n`."""
    return text.replace("\r\n", "\n").strip()


def touched(product: MesaProduct, proposing: Proposing, deed: str, text: str) -> MesaProduct:
    product.version += 1
    product.save()
    note(product, proposing.at, proposing.actor, deed, text)
    return product


def next_number(product: MesaProduct) -> int:
    last: int = product.challenges.aggregate(last=Max("number"))["last"] or 0
    return last + 1


def copy_challenges(source: MesaProduct, target: MesaProduct) -> None:
    for row in source.challenges.all():
        row.pk, row.product = None, target
        row.save(force_insert=True)


def add_challenges(product: MesaProduct, at: datetime) -> None:
    """The goals behind as challenges, with what is known of them; those already named stay."""
    named = set(product.challenges.filter(goal__isnull=False).values_list("goal_id", flat=True))
    first = next_number(product)
    behind = [goal for goal in goals_behind(product.mesa, on=day_of(at)) if goal.id not in named][
        :MOST_PREFILLED
    ]
    Challenge.objects.bulk_create(
        Challenge(
            product=product,
            number=number,
            title=goal.text[:300],
            goal_id=goal.id,
            evidence=evidence_of(goal),
        )
        for number, goal in enumerate(behind, first)
    )
