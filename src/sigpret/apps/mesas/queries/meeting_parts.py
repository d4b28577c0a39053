"""The rows of a meeting's page: topics, agreements and people, as they are drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import TextChoices

from sigpret.apps.mesas.models import AgendaItem, Agreement, Conformity, Meeting, Participant
from sigpret.apps.mesas.queries.minutes_content import CAME
from sigpret.methodology.mesas.minutes import Answer, DueDoubt, doubt_about_due
from sigpret.web.dates import day_of


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement as it stands; `doubt` about its day, None when it is plausible."""

    id: int
    number: str
    text: str
    expected_result: str
    institution: str
    institution_id: int
    acronym: str
    responsible: str
    due_on: date
    state: str
    goal: str
    goal_code: str
    theme: str
    version: int
    item_id: int
    doubt: DueDoubt | None
    supersedes: str = ""
    observed_by: str = ""


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic of the agenda with what was said and agreed under it."""

    id: int
    position: int
    title: str
    presenter: str
    minutes: int
    reason: str
    goal_id: int | None
    goal: str
    goal_code: str
    themes: tuple[str, ...]
    is_unplanned: bool
    notes: str
    written_by: str
    written_at: datetime | None
    agreements: tuple[AgreementRow, ...]

    @property
    def anchor(self) -> str:
        return str(self.id)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody of the meeting; `answer` is what they said of the text, empty when nothing.

    `counts`: their institution is of the mesa, and makes quorum.
    """

    id: int
    person_id: int | None
    name: str
    position: str
    institution: str
    institution_id: int | None
    counts: bool
    standing: str
    standing_label: str
    attendance: str
    attendance_label: str
    substitute: str
    invitation: str
    invitation_label: str
    answer: str
    answered_at: datetime | None
    is_silent: bool
    observation: str
    observation_id: int | None
    resolution: str
    is_reachable: bool

    @property
    def signer(self) -> str:
        """Whoever came, in whose name the conformity is."""
        was_sent = self.attendance == Participant.Attendance.SUBSTITUTED
        return self.substitute if was_sent else self.name

    @property
    def came(self) -> bool:
        return self.attendance in CAME

    @property
    def is_unresolved(self) -> bool:
        return self.answer == Conformity.Answer.OBSERVES and not self.resolution

    @property
    def standing_answer(self) -> Answer:
        if not self.answer:
            return Answer.NONE
        if self.answer == Conformity.Answer.CONFORMS:
            return Answer.CONFORMS
        return Answer.OBSERVES if self.is_unresolved else Answer.RESOLVED


def agreement_rows(rows: Sequence[Agreement], meeting: Meeting) -> tuple[AgreementRow, ...]:
    """The agreements, in their order; no statement."""
    held_on = day_of(meeting.started_at or meeting.starts_at)
    return tuple(agreement_row(row, meeting, held_on) for row in rows)


def agreement_row(row: Agreement, meeting: Meeting, held_on: date) -> AgreementRow:
    earlier, observation = row.supersedes, row.from_observation
    return AgreementRow(
        id=row.pk,
        number=f"{meeting.number}.{row.number}",
        text=row.text,
        expected_result=row.expected_result,
        institution=row.institution.name,
        institution_id=row.institution_id,
        acronym=row.institution.acronym or row.institution.name,
        responsible=row.responsible,
        due_on=row.due_on,
        state=row.state,
        goal=row.goal.text if row.goal else "",
        goal_code=row.goal.code if row.goal else "",
        theme=str(row.theme or ""),
        version=row.version,
        item_id=row.item_id,
        doubt=doubt_about_due(row.agreed_due_on, held_on),
        supersedes=f"{earlier.meeting.number}.{earlier.number}" if earlier else "",
        observed_by=observation.participant.full_name if observation else "",
    )


def topic_rows(
    agenda: Sequence[AgendaItem], agreements: Sequence[AgreementRow]
) -> tuple[TopicRow, ...]:
    """The topics, each with its own agreements; no statement."""
    return tuple(
        TopicRow(
            id=item.pk,
            position=item.position,
            title=item.title,
            presenter=item.presenter,
            minutes=item.minutes,
            reason=item.reason,
            goal_id=item.goal_id,
            goal=item.goal.text if item.goal else "",
            goal_code=item.goal.code if item.goal else "",
            themes=tuple(item.theme_names),  # type: ignore[attr-defined]
            is_unplanned=item.is_unplanned,
            notes=item.notes,
            written_by=str(item.written_by or ""),
            written_at=item.written_at,
            agreements=tuple(row for row in agreements if row.item_id == item.pk),
        )
        for item in agenda
    )


def person_rows(people: Sequence[Participant]) -> tuple[PersonRow, ...]:
    """The people, by institution, with what `people_of` annotated; no statement."""
    # Each word is said in the reader's language once, not once for each person.
    labels = Labels(
        words_of(Participant.Standing),
        words_of(Participant.Attendance),
        words_of(Participant.Answer),
    )
    return tuple(person_row(person, labels) for person in people)


class Labels(NamedTuple):
    """What to call each value of the choices of a participant."""

    standing: Mapping[str, str]
    attendance: Mapping[str, str]
    answer: Mapping[str, str]


def words_of(choices: type[TextChoices]) -> Mapping[str, str]:
    return {choice.value: str(choice.label) for choice in choices}


def person_row(person: Any, labels: Labels) -> PersonRow:
    place = person.institution
    was_sent = person.attendance == Participant.Attendance.SUBSTITUTED
    return PersonRow(
        id=person.pk,
        person_id=person.person_id,
        name=person.full_name,
        position=person.position,
        institution=(place.acronym if place else "") or person.institution_name,
        institution_id=person.institution_id,
        counts=person.is_of_mesa,
        standing=person.standing,
        standing_label=labels.standing[person.standing],
        attendance=person.attendance,
        attendance_label=labels.attendance[person.attendance],
        substitute=person.substitute_name,
        invitation=person.answer,
        invitation_label=labels.answer[person.answer],
        answer=person.said_answer or "",
        answered_at=person.said_at,
        is_silent=bool(person.said_silent),
        observation=person.said_text or "",
        observation_id=person.said_id,
        resolution=person.said_done or "",
        is_reachable=bool(
            (was_sent and person.substitute_email) or (not was_sent and person.email)
        ),
    )
