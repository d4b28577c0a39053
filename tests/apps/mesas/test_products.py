"""Guidelines, «Productos de las mesas»: each one is written, proposed, decided and kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.mesas.actions import bottlenecks as necks
from sigpret.apps.mesas.actions import mechanisms as flows
from sigpret.apps.mesas.actions import plan_reviews as reviews
from sigpret.apps.mesas.actions import proposals
from sigpret.apps.mesas.actions import strategies as options
from sigpret.apps.mesas.actions import written_products as writing
from sigpret.apps.mesas.models import Bottleneck, Designation, MesaProduct, PlanReview, Strategy
from sigpret.apps.mesas.product_places import GUIDELINES
from sigpret.apps.mesas.queries import standing_in
from sigpret.apps.mesas.queries.agenda_proposal import (
    ProposedTopic,
    agenda_proposal,
    offered,
)
from sigpret.apps.mesas.queries.bottlenecks import bottleneck_page, bottlenecks
from sigpret.apps.mesas.queries.plan_reviews import plan_reviews
from sigpret.apps.mesas.queries.products import product_lines
from sigpret.apps.mesas.queries.strategies import strategy_page
from sigpret.apps.mesas.queries.written_products import written_page
from sigpret.apps.notices.models import Notice
from sigpret.apps.results.models import Goal
from sigpret.methodology.mesas.coherence import Incoherence
from sigpret.methodology.mesas.products import Condition
from tests.factories.institutions import make_institution, make_user
from tests.factories.mesa_products import make_bottleneck, make_strategy, write_product
from tests.factories.mesas import AT, designate, make_coordinator, make_mesa
from tests.factories.planning import make_plan, make_product
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db
NOW = AT + timedelta(days=3)
TODAY = NOW.date()


@pytest.fixture
def mesa():
    return make_mesa()


@pytest.fixture
def marta(mesa):
    return make_coordinator(mesa)


@pytest.fixture
def ivonne(mesa):
    person = make_user()
    designate(mesa, person, Designation.Duty.POLITICAL_COORDINATOR)
    return person


@pytest.fixture
def place(mesa):
    institution = make_institution()
    institution.sectors.add(mesa.sector)
    return institution


@pytest.fixture
def goal(mesa):
    return make_goal(Goal.Level.SECTORAL, {"2026-Q3": "10"}, sector=mesa.sector)


def standing_of(mesa, person):
    return standing_in(mesa, access_of(person, on=TODAY), on=TODAY)


def solving(neck, person) -> necks.Solving:
    neck.refresh_from_db()
    return necks.Solving(person, standing_of(neck.mesa, person), neck.pk, neck.version, NOW)


def proposing(subject, person) -> proposals.Proposing:
    subject.refresh_from_db()
    standing = standing_of(subject.mesa, person)
    return proposals.Proposing(person, standing, type(subject), subject.pk, subject.version, NOW)


def typed_neck(place, goal, **fields) -> necks.TypedBottleneck:
    values = {
        "title": "Compras desiertas",
        "cause": "Precios de 2023.",
        "severity": "high",
        "owner_id": place.pk,
        "goal_ids": [goal.pk],
        **fields,
    }
    return necks.TypedBottleneck(**values)


def identify(mesa, person, place, goal, **fields) -> Bottleneck:
    return necks.identify(
        actor=person,
        standing=standing_of(mesa, person),
        typed=typed_neck(place, goal, **fields),
        at=NOW,
    )


# «Identificación de limitantes y cuellos de botella que podrían afectar el logro»


def test_a_bottleneck_says_its_cause_goals_severity_and_owner(mesa, marta, place, goal):
    """«Identificación de limitantes y cuellos de botella que podrían afectar el logro de los
    resultados sectoriales e institucionales»"""
    identify(mesa, marta, place, goal)
    (line,) = bottlenecks(mesa, on=TODAY)
    assert (line.state, line.severity, line.owner_id) == ("open", "high", place.pk)
    assert [one.code for one in line.goals] == [goal.code]


def test_identifying_it_twice_is_one_bottleneck(mesa, marta, place, goal):
    first = identify(mesa, marta, place, goal)
    assert identify(mesa, marta, place, goal).pk == first.pk
    assert AuditEvent.objects.filter(action="mesas.bottleneck_identified").count() == 1


def test_goals_of_another_sector_are_not_affected(mesa, marta, place):
    stranger = make_goal(Goal.Level.SECTORAL)
    with pytest.raises(necks.BottleneckError, match="meta"):
        identify(mesa, marta, place, stranger)


def test_a_bottleneck_is_taken_in_hand_then_solved_saying_how(mesa, marta, place, goal):
    neck = identify(mesa, marta, place, goal)
    necks.take_in_hand(solving=solving(neck, marta), text="Se actualizan los precios.")
    done = necks.solve(solving=solving(neck, marta), solution="Precios de 2026.", solved_on=TODAY)
    assert done.state == "solved"
    page = bottleneck_page(mesa, neck.pk, on=TODAY)
    assert [one.deed for one in page.history] == ["solved", "in_action", "identified"]
    assert page.history[0].text == "Precios de 2026."


def test_the_institution_in_charge_solves_its_bottleneck(mesa, place, goal):
    person = make_user(Role.REGISTRAR, institution=place)
    neck = make_bottleneck(mesa, place)
    assert necks.take_in_hand(solving=solving(neck, person), text="Ya se compra.")
    other = make_user(Role.REGISTRAR, institution=make_institution())
    with pytest.raises(PermissionDenied):
        necks.take_in_hand(solving=solving(neck, other), text="No es mío.")


def test_a_solved_bottleneck_comes_back_open(mesa, marta, place):
    neck = make_bottleneck(mesa, place, found_at=AT)
    necks.solve(solving=solving(neck, marta), solution="Listo.", solved_on=TODAY)
    assert necks.reopen(solving=solving(neck, marta), text="Volvió.").solution == ""


def test_what_somebody_else_wrote_meanwhile_is_not_lost(mesa, marta, place):
    neck = make_bottleneck(mesa, place)
    read = solving(neck, marta)
    necks.take_in_hand(solving=read, text="Se compra.")
    with pytest.raises(necks.StaleBottleneckError):
        necks.take_in_hand(solving=read, text="Otra cosa.")


def test_a_bottleneck_is_raised_once_to_who_can_solve_it(mesa, marta, ivonne, place):
    neck = make_bottleneck(mesa, place)
    asked = {"to": "political", "ask": "Autorizar.", "reason": "No alcanza."}
    matter = necks.escalate_bottleneck(solving=solving(neck, marta), **asked)
    assert necks.escalate_bottleneck(solving=solving(neck, marta), **asked).pk == matter.pk
    assert Notice.objects.filter(recipient=ivonne).count() == 1
    assert bottlenecks(mesa, on=TODAY)[0].waits_for == "political"


# «Propuestas de estrategias y cursos de acción para avanzar y alcanzar los resultados»


def test_two_courses_of_action_are_compared_before_one_is_proposed(mesa, marta):
    """«Propuestas de estrategias y cursos de acción para avanzar y alcanzar los resultados
    sectoriales»"""
    alone = make_strategy(mesa, marta, options=1)
    with pytest.raises(proposals.ProposalError, match="al menos dos"):
        proposals.propose(proposing=proposing(alone, marta))


def test_the_technical_level_says_which_one_it_recommends(mesa, marta):
    strategy = make_strategy(mesa, marta)
    strategy.options.update(is_recommended=False)
    with pytest.raises(proposals.ProposalError, match="recomienda"):
        proposals.propose(proposing=proposing(strategy, marta))
    second = strategy.options.get(number=2)
    options.recommend(proposing=proposing(strategy, marta), option_id=second.pk)
    assert strategy_page(mesa, strategy.pk, on=TODAY).line.recommended.number == 2


def test_a_proposal_reaches_the_political_coordination(mesa, marta, ivonne):
    strategy = make_strategy(mesa, marta)
    proposals.propose(proposing=proposing(strategy, marta))
    assert Notice.objects.get(recipient=ivonne).kind == "proposal_raised"


def test_the_political_level_approves_with_reasons(mesa, marta, ivonne):
    """«es responsable de la aprobación al más alto nivel de las propuestas técnicas»"""
    strategy = make_strategy(mesa, marta)
    proposals.propose(proposing=proposing(strategy, marta))
    second = strategy.options.get(number=2)
    decided = proposals.decide_proposal(
        proposing=proposing(strategy, ivonne),
        is_approved=True,
        reason="Es más rápida.",
        chosen_id=second.pk,
    )
    line = strategy_page(mesa, decided.pk, on=TODAY).line
    assert (line.decided.state, line.chosen.number) == ("approved", 2)
    assert Notice.objects.filter(recipient=marta, kind="proposal_decided").exists()


def test_a_decision_without_reasons_is_refused(mesa, marta, ivonne):
    strategy = make_strategy(mesa, marta)
    proposals.propose(proposing=proposing(strategy, marta))
    with pytest.raises(proposals.ProposalError, match="razones"):
        proposals.decide_proposal(
            proposing=proposing(strategy, ivonne), is_approved=False, reason="  "
        )


def test_nobody_decides_what_they_proposed(mesa):
    both = make_coordinator(mesa)
    designate(mesa, both, Designation.Duty.POLITICAL_COORDINATOR)
    strategy = make_strategy(mesa, both)
    proposals.propose(proposing=proposing(strategy, both))
    with pytest.raises(proposals.ProposalError, match="Quien propone no decide"):
        proposals.decide_proposal(
            proposing=proposing(strategy, both), is_approved=True, reason="Porque sí."
        )


def test_the_technical_level_does_not_decide(mesa, marta):
    strategy = make_strategy(mesa, marta)
    proposals.propose(proposing=proposing(strategy, marta))
    with pytest.raises(PermissionDenied):
        proposals.decide_proposal(
            proposing=proposing(strategy, marta), is_approved=True, reason="Bien."
        )


def test_what_is_proposed_is_not_changed_and_what_is_returned_is(mesa, marta, ivonne):
    strategy = make_strategy(mesa, marta)
    proposals.propose(proposing=proposing(strategy, marta))
    more = options.TypedOption("Otra opción")
    with pytest.raises(proposals.ProposalError):
        options.save_option(proposing=proposing(strategy, marta), typed=more)
    proposals.decide_proposal(
        proposing=proposing(strategy, ivonne), is_approved=False, reason="Falta el costo."
    )
    assert options.save_option(proposing=proposing(strategy, marta), typed=more).number == 3
    again = proposals.propose(proposing=proposing(strategy, marta))
    assert (again.state, again.decision_reason) == ("proposed", "")


def test_beginning_the_same_strategy_twice_is_one(mesa, marta):
    typed = options.TypedStrategy("Compra conjunta", "Compras desiertas.")
    asked = {"actor": marta, "standing": standing_of(mesa, marta), "typed": typed, "at": NOW}
    assert options.begin_strategy(**asked).pk == options.begin_strategy(**asked).pk
    assert Strategy.objects.count() == 1


# «Diagnóstico Sectorial» and «Informes de los resultados de avance»


def begin(mesa, person, kind="diagnosis", period="") -> MesaProduct:
    return writing.begin_product(
        actor=person,
        standing=standing_of(mesa, person),
        kind=kind,
        year=2026,
        period=period,
        at=NOW,
    )


def test_a_diagnosis_begins_with_what_the_platform_knows(mesa, marta, goal):
    """«Diagnóstico Sectorial de los principales desafíos del sector»"""
    product = begin(mesa, marta)
    assert product.sections["context"]
    assert begin(mesa, marta).pk == product.pk


def test_a_progress_report_has_its_sections_from_the_data(mesa, marta, goal):
    """«Informes de los resultados de avance en el cumplimiento de las metas sectoriales que les
    sean solicitados»"""
    sections = begin(mesa, marta, "progress", "2026-Q3").sections
    assert list(sections) == ["goals", "agreements", "work_plan", "bottlenecks", "request"]
    assert "acuerdos" in sections["agreements"]
    assert sections["request"] == ""


def test_two_people_write_two_sections_and_none_is_lost(mesa, marta):
    product = write_product(mesa, marta)
    who = proposing(product, marta)
    writing.save_section(proposing=who, key="context", text="Otra.", was="Seis metas.")
    writing.save_section(proposing=who, key="conclusions", text="Fin.", was="")
    product.refresh_from_db()
    assert product.sections == {"context": "Otra.", "conclusions": "Fin."}


def test_the_same_section_written_by_two_is_a_conflict(mesa, marta):
    product = write_product(mesa, marta)
    who = proposing(product, marta)
    writing.save_section(proposing=who, key="context", text="Una.", was="Seis metas.")
    with pytest.raises(proposals.StaleProposalError):
        writing.save_section(proposing=who, key="context", text="Dos.", was="Seis metas.")


def test_an_approved_version_supersedes_the_one_before(mesa, marta, ivonne):
    for _number in (1, 2):
        product = begin(mesa, marta)
        writing.save_challenge(
            proposing=proposing(product, marta), typed=writing.TypedChallenge("Abastecimiento")
        )
        proposals.propose(proposing=proposing(product, marta))
        proposals.decide_proposal(
            proposing=proposing(product, ivonne), is_approved=True, reason="Completo."
        )
    page = written_page(mesa, "diagnosis", year=2026, on=TODAY)
    assert page.numbers == ((2, "approved"), (1, "superseded"))
    assert page.shown.challenges[0].title == "Abastecimiento"
    assert len(page.shown.digest) == 64


def test_a_diagnosis_without_challenges_is_not_proposed(mesa, marta):
    with pytest.raises(proposals.ProposalError, match="desafío"):
        proposals.propose(proposing=proposing(write_product(mesa, marta), marta))


# «Revisar los Planes Operativos Anuales, a efecto de considerar su coherencia»


def test_a_plan_with_findings_is_offered_to_the_next_agenda(mesa, marta, place):
    (line,) = plan_reviews(mesa, year=2026)
    assert line.findings[0].kind is Incoherence.NO_PLAN
    reviewing = reviews.Reviewing(marta, standing_of(mesa, marta), place.code, 2026, 0, NOW)
    asked = {"reviewing": reviewing, "verdict": "with_findings", "text": "Cargar el POA."}
    assert reviews.review_plan(**asked).pk == reviews.review_plan(**asked).pk
    assert "plans" in {topic.key for topic in agenda_proposal(mesa, on=TODAY)}
    assert PlanReview.objects.get().findings == [{"kind": "no_plan", "count": 1}]


def test_a_plan_nobody_read_is_offered_with_what_was_found(mesa, place):
    """«Revisar los Planes Operativos Anuales, a efecto de considerar su coherencia con los
    resultados de la MCR»"""
    topic = next(one for one in agenda_proposal(mesa, on=TODAY) if one.key == "plans")
    name = place.acronym or place.name
    assert topic.reason == f"Con hallazgos por leer: {name}"


def test_a_plan_the_mesa_found_coherent_is_not_offered(mesa, marta, place):
    reviewing = reviews.Reviewing(marta, standing_of(mesa, marta), place.code, 2026, 0, NOW)
    reviews.review_plan(reviewing=reviewing, verdict="coherent", text="")
    assert "plans" not in {topic.key for topic in agenda_proposal(mesa, on=TODAY)}


def test_what_does_not_fit_is_offered_whatever_the_goals_are():
    left = [topic_about(f"goal-{n}", goal_id=n) for n in range(1, 8)]
    others = [topic_about("plan"), topic_about("plans")]
    assert [one.key for one in offered([*left, *others])] == [
        "goal-1", "goal-2", "goal-3", "plan", "plans",
    ]  # fmt: skip


def topic_about(key, goal_id=None):
    return ProposedTopic(key, key, "", 15, False, "goal", goal_id=goal_id)


def test_quarters_make_the_year_as_their_product_accumulates(mesa, place):
    plan = make_plan(place, 2026)
    quarters = {"2026-Q1": "60", "2026-Q2": "80", "2026-Q4": "97"}
    make_product(plan, quarters, number=1, annual_output=97, accumulation="last")
    make_product(plan, quarters, number=2, annual_output=97)
    (line,) = plan_reviews(mesa, year=2026)
    found = {one.kind: one.labels for one in line.findings}
    assert found[Incoherence.DIFFERENT_SUM] == ("2. Informe 2 elaborado",)


def test_findings_say_what_the_mesa_asks(mesa, marta, place):
    reviewing = reviews.Reviewing(marta, standing_of(mesa, marta), place.code, 2026, 0, NOW)
    with pytest.raises(reviews.ReviewError, match="qué pide"):
        reviews.review_plan(reviewing=reviewing, verdict="with_findings", text="")


# «Mecanismos que permitan la efectiva gestión de información»


def test_a_mechanism_is_added_once_and_ended_once(mesa, marta, place, goal):
    """«Mecanismos que permitan la efectiva gestión de información para ser alimentada en el
    SIGPRET»"""
    typed = flows.TypedMechanism("Partos", "SIVIGILA", "mensual", place.pk, goal_id=goal.pk)
    who = {"actor": marta, "standing": standing_of(mesa, marta)}
    first = flows.add_mechanism(**who, typed=typed)
    assert flows.add_mechanism(**who, typed=typed).pk == first.pk
    for _click in (1, 2):
        flows.end_mechanism(**who, mechanism_id=first.pk, on=TODAY)
    assert AuditEvent.objects.filter(action="mesas.mechanism_ended").count() == 1


# The eight, together


def test_the_eight_products_say_what_is_missing(mesa, marta, place, goal):
    """«Marco de resultados e indicadores sectoriales y la respectiva articulación a nivel
    institucional plasmados en la MCR»"""
    lines = {line.kind: line for line in product_lines(mesa, on=TODAY)}
    assert set(lines) == set(GUIDELINES)
    assert lines["diagnosis"].condition is Condition.ABSENT
    assert ("without_institutional", 1) in lines["framework"].pending
    assert ("without_multiyear", 1) in lines["programming"].pending
    assert lines["plans"].pending == (("plans_unread", 1),)


def test_at_least_semestral_asks_something_in_each_half_of_the_year(mesa):
    """«Para cada resultado sectorial, su programación plurianual, y una programación al menos
    semestral para su respectivo monitoreo y evaluación»"""
    whole = {"2026-Q2": "1", "2026-Q4": "2", "2027": "9"}
    make_goal(Goal.Level.SECTORAL, whole, sector=mesa.sector)
    make_goal(Goal.Level.SECTORAL, {"2026-Q3": "1", "2027": "9"}, sector=mesa.sector)
    lines = {line.kind: line for line in product_lines(mesa, on=TODAY)}
    assert lines["programming"].pending == (("without_semestral", 1),)
