"""The facts of a mesa reach the guidelines, and the sentences say what is so."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sigpret.apps.institutions.models import CrossCuttingTheme
from sigpret.apps.mesas.models import Agreement, Strategy, WorkPlan
from sigpret.apps.mesas.queries.compliance import compliance_board, findings_of
from sigpret.methodology.mesas.compliance import Compliance, Rule
from tests.factories.institutions import make_institution, make_user
from tests.factories.mesas import accredit, add_item, call, make_meeting, make_mesa

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 23)
BROKEN, MET, NOT_APPLICABLE = Compliance.BROKEN, Compliance.MET, Compliance.DOES_NOT_APPLY


def noon(day: int, month: int = 10) -> datetime:
    return datetime(2026, month, day, 18, tzinfo=UTC)


def held(mesa, **fields):
    values = {
        "state": "draft",
        "convened_at": noon(1),
        "starts_at": noon(12),
        "started_at": noon(12),
        "finished_at": noon(12),
        "minutes_year": 2026,
        "minutes_number": 7,
        **fields,
    }
    return make_meeting(mesa, **values)


def finding(mesa, rule: Rule):
    return next(one for one in findings_of(mesa, on=TODAY) if one.check.rule is rule)


def test_a_mesa_that_is_not_constituted_says_for_how_long():
    mesa = make_mesa(constituted_on=None, constitution_act="", due_since=date(2026, 10, 13))
    assert finding(mesa, Rule.CONSTITUTED).sentence == (
        "No se ha constituido: debía estarlo desde el 13 de octubre de 2026, hace 10 días."
    )
    assert finding(mesa, Rule.MINUTES).check.state is NOT_APPLICABLE


def test_minutes_that_passed_their_week_name_their_meeting():
    mesa = make_mesa()
    held(mesa)
    found = finding(mesa, Rule.MINUTES)
    assert found.is_broken
    assert found.sentence == (
        "La ayuda memoria de la n.º 1 pasó de su plazo el 20 de octubre de 2026."
    )


def test_a_session_past_midnight_in_greenwich_is_of_its_day_in_tegucigalpa():
    mesa = make_mesa()
    night = datetime(2026, 10, 17, 3, tzinfo=UTC)
    held(mesa, started_at=night, finished_at=night)
    assert finding(mesa, Rule.MINUTES).check.due == TODAY


def test_a_cancelled_meeting_is_as_if_nobody_had_been_called():
    mesa = make_mesa()
    make_meeting(mesa, state="cancelled", cancel_reason="Sin sala", convened_at=noon(20))
    assert finding(mesa, Rule.NOTICE).check.state is NOT_APPLICABLE


def test_a_meeting_called_late_is_broken_even_with_its_reason():
    mesa = make_mesa()
    make_meeting(mesa, convened_at=noon(20), starts_at=noon(23), early_reason="Huracán")
    found = finding(mesa, Rule.NOTICE)
    assert found.sentence == "La reunión n.º 1 se convocó con 3 días; el mínimo es 5."
    assert found.is_broken


def test_the_themes_of_the_agenda_are_read_from_its_topics():
    theme = CrossCuttingTheme.objects.create(
        code="genero", name="Género", is_permanent=True, source="inventado"
    )
    mesa = make_mesa()
    item = add_item(make_meeting(mesa))
    assert finding(mesa, Rule.THEMES).is_broken
    item.themes.add(theme)
    assert finding(mesa, Rule.THEMES).check.state is MET


def test_a_fourth_delegate_is_broken_unless_a_reason_was_given():
    mesa, institution = make_mesa(), make_institution(acronym="IHSS")
    for _number in range(3):
        accredit(mesa, institution)
    exception = accredit(mesa, institution, is_exception=True, exception_reason="Traspaso")
    assert finding(mesa, Rule.DELEGATES).check.state is MET
    type(exception).objects.filter(pk=exception.pk).update(is_exception=False)
    assert finding(mesa, Rule.DELEGATES).sentence == (
        "IHSS acreditó a 4 personas; el máximo es 3, con la UPGRET."
    )


def test_only_agreements_of_distributed_minutes_count_as_overdue():
    mesa = make_mesa()
    meeting = held(mesa)
    agreement = Agreement.objects.create(
        mesa=mesa,
        meeting=meeting,
        item=add_item(meeting),
        number=2,
        text="Conciliar el inventario",
        institution=make_institution(),
        responsible="Ramón Flores",
        agreed_due_on=date(2026, 10, 1),
        due_on=date(2026, 10, 1),
    )
    assert finding(mesa, Rule.AGREEMENTS).check.state is NOT_APPLICABLE
    Agreement.objects.filter(pk=agreement.pk).update(is_final=True)
    assert finding(mesa, Rule.AGREEMENTS).sentence == (
        "1 acuerdo vencido: el 1.2, desde el 2 de octubre de 2026."
    )


def test_a_proposal_without_answer_names_its_title():
    mesa, author = make_mesa(), make_user()
    Strategy.objects.create(
        mesa=mesa,
        title="Compra conjunta",
        problem="Precios",
        state="proposed",
        written_by=author,
        written_at=noon(1, 9),
        proposed_by=author,
        proposed_at=noon(1, 9),
    )
    assert finding(mesa, Rule.APPROVALS).sentence == (
        "«Compra conjunta» espera respuesta; su plazo pasó el 17 de septiembre de 2026."
    )


def test_the_board_counts_the_mesas_that_meet_every_guideline(django_assert_max_num_queries):
    good = make_mesa()
    WorkPlan.objects.create(
        mesa=good,
        year=2026,
        number=1,
        state="in_force",
        drafted_by=make_user(),
        sent_at=noon(1, 2),
        in_force_at=noon(18, 2),
        digest="0" * 64,
    )
    make_mesa(constituted_on=None, constitution_act="")
    with django_assert_max_num_queries(12):
        board = compliance_board(on=TODAY)
    assert board.met == 1
    plan = board.columns[list(Rule).index(Rule.WORK_PLAN)]
    assert (plan.tally.met, plan.tally.asked) == (1, 1)
    assert board.rows[0].days_without_meeting(TODAY) == (TODAY - date(2026, 1, 12)).days


def last_year(mesa, **fields):
    long_ago = noon(12) - timedelta(days=365)
    moments = dict.fromkeys(("convened_at", "starts_at", "started_at", "finished_at"), long_ago)
    return held(mesa, **moments, minutes_year=2025, **fields)


def test_distributed_minutes_of_last_year_are_no_longer_judged():
    mesa = make_mesa()
    sent = noon(14) - timedelta(days=365)
    last_year(mesa, state="distributed", distributed_at=sent, document_digest="0" * 64)
    assert finding(mesa, Rule.AGENDA).check.state is NOT_APPLICABLE


def test_minutes_of_december_that_never_went_out_are_broken_in_january_too():
    mesa = make_mesa()
    last_year(mesa)
    assert finding(mesa, Rule.MINUTES).is_broken


@pytest.mark.parametrize("state", ["convened", "in_session"])
def test_a_session_nobody_closed_does_not_stop_the_days_of_its_minutes(state):
    mesa = make_mesa()
    held(mesa, state=state, finished_at=None)
    assert finding(mesa, Rule.MINUTES).is_broken


def test_another_room_the_day_before_does_not_shorten_the_notice_of_the_day():
    mesa = make_mesa()
    make_meeting(mesa, day_called_at=noon(15), convened_at=noon(22), starts_at=noon(23))
    assert finding(mesa, Rule.NOTICE).check.state is MET


def test_agreements_fulfilled_by_their_date_are_counted():
    mesa = make_mesa()
    meeting = held(mesa)
    for number, day in ((1, 1), (2, 20)):
        Agreement.objects.create(
            mesa=mesa,
            meeting=meeting,
            item=add_item(meeting),
            number=number,
            text="Conciliar el inventario",
            institution=make_institution(),
            responsible="Ramón Flores",
            agreed_due_on=date(2026, 10, 5),
            due_on=date(2026, 10, 5),
            state="fulfilled",
            fulfilled_on=date(2026, 10, day),
            result="Conciliado",
            is_final=True,
        )
    assert finding(mesa, Rule.AGREEMENTS).sentence == (
        "Ningún acuerdo está vencido; 1 de 2 se cumplieron a tiempo."
    )


@pytest.mark.parametrize(("attendance", "state"), [("absent", NOT_APPLICABLE), ("present", BROKEN)])
def test_a_session_that_was_called_and_not_held_has_no_week_to_count(attendance, state):
    """«las mismas, se deberán distribuir entre todos los participantes de la MESGEPRET en un plazo
    máximo de una semana después de finalizada la sesión»: nobody met, nothing finished."""
    mesa = make_mesa()
    call(held(mesa), accredit(mesa), attendance=attendance)
    assert finding(mesa, Rule.MINUTES).check.state is state
    (row,) = compliance_board(on=TODAY).rows
    assert (row.last_meeting is None) == (attendance == "absent")


def test_a_session_nobody_opened_owes_its_minutes_and_was_not_held():
    mesa = make_mesa()
    make_meeting(mesa, convened_at=noon(1), starts_at=noon(12))
    assert finding(mesa, Rule.MINUTES).is_broken
    (row,) = compliance_board(on=TODAY).rows
    assert row.last_meeting is None
