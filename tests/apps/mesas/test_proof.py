"""What binds others is done by whoever has just proved who they are."""

import pytest
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.mesas.models import (
    Designation,
    Escalation,
    Mesa,
    MesaProduct,
    Strategy,
    WorkPlanApproval,
)
from tests.factories.agreements import add_activity, make_agreement, make_work_plan, send
from tests.factories.institutions import make_institution, make_user
from tests.factories.mesa_products import make_strategy, write_product
from tests.factories.mesas import AT, SINCE, accredit, designate, make_coordinator, make_mesa

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def of(name, mesa, *rest):
    return reverse(f"mesas:{name}", args=[mesa.sector.slug, *rest])


def constituting():
    mesa = make_mesa(constituted_on=None, constitution_act="")
    person = make_user(Role.ADMINISTRATOR)
    typed = {"act": "Acta 1-2026", "on": SINCE.isoformat()}
    return person, of("constitute", mesa), typed, lambda: Mesa.objects.get().constituted_on is None


def designating():
    mesa, person = make_mesa(), make_user(Role.ADMINISTRATOR)
    typed = {
        "duty": "technical_coordinator",
        "email": make_user().email,
        "act": "Oficio 1-2026",
        "since": SINCE.isoformat(),
    }
    return person, of("designate", mesa), typed, lambda: not Designation.objects.exists()


def ending_a_duty():
    mesa, person = make_mesa(), make_user(Role.ADMINISTRATOR)
    held = designate(mesa, make_user(), "support")
    typed = {"until": "2030-01-01"}
    return (
        person,
        of("end_duty", mesa, held.pk),
        typed,
        lambda: Designation.objects.get().until is None,
    )


def deciding():
    mesa, person = make_mesa(), make_user(Role.PRESIDENCY)
    agreement = make_agreement(mesa)
    matter = Escalation.objects.create(
        mesa=mesa,
        agreement=agreement,
        to="presidency",
        ask="Autorizar.",
        reason="No alcanza.",
        raised_by=person,
        raised_at=agreement.meeting.starts_at,
    )
    typed = {"version": 1, "text": "Sí.", "owner": agreement.institution_id, "due_on": "2099-01-01"}
    address = reverse("mesas:decision_step", args=[matter.pk, "decidir"])
    return person, address, typed, lambda: Escalation.objects.get().state == "open"


def noting_a_decision():
    mesa, person = make_mesa(), make_user(Role.PRESIDENCY)
    typed = {
        "version": 0,
        "mesa": mesa.pk,
        "ask": "Contratar.",
        "text": "Sí.",
        "owner": make_institution().pk,
        "due_on": "2099-01-01",
    }
    return person, reverse("mesas:decision_new"), typed, lambda: not Escalation.objects.exists()


def approving_a_plan():
    mesa, person, place = make_mesa(), make_user(), make_institution()
    make_coordinator(mesa)
    place.sectors.add(mesa.sector)
    accredit(mesa, place, person=person, level="political")
    plan = make_work_plan(mesa)
    add_activity(plan)
    send(plan)
    plan.approvals.get_or_create(institution=place)
    typed = {"institucion": place.pk, "huella": plan.digest}
    address = f"{of('work_plan_step', mesa, 'aprobar')}?anio={plan.year}"
    return (
        person,
        address,
        typed,
        lambda: WorkPlanApproval.objects.get(institution=place).decision == "pending",
    )


def proposed(kind):
    """Something the technical level proposed, and who decides it."""
    mesa, person = make_mesa(), make_user()
    designate(mesa, person, "political_coordinator")
    fields = {"state": "proposed", "proposed_by": make_user(), "proposed_at": AT}
    subject = kind(mesa, make_user(), **fields)
    return mesa, person, subject, {"version": subject.version, "text": "Sí."}


def approving_a_strategy():
    mesa, person, strategy, typed = proposed(make_strategy)
    typed["chosen"] = strategy.options.get(number=1).pk
    address = of("strategy_step", mesa, strategy.pk, "aprobar")
    return person, address, typed, lambda: Strategy.objects.get().state == "proposed"


def approving_a_product():
    mesa, person, product, typed = proposed(write_product)
    address = f"{of('diagnosis_step', mesa, 'aprobar')}?anio={product.year}"
    return person, address, typed, lambda: MesaProduct.objects.get().state == "proposed"


@pytest.mark.parametrize(
    "deed",
    [
        constituting,
        designating,
        ending_a_duty,
        deciding,
        noting_a_decision,
        approving_a_plan,
        approving_a_strategy,
        approving_a_product,
    ],
)
def test_whoever_binds_others_proves_who_they_are_first(client, deed):
    person, address, typed, nothing_happened = deed()
    client.force_login(person, backend=BACKEND)
    answer = client.post(address, typed)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert nothing_happened()
