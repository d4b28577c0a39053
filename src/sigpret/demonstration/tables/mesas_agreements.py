"""What became of the agreements: fulfilled, late, moved, superseded, raised and decided."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sigpret.apps.accounts.models import User
from sigpret.apps.evidence.models import Evidence, StoredFile
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.mesas.actions import agreements as follow
from sigpret.apps.mesas.actions.escalations import (
    Deciding,
    Decision,
    escalate,
    fulfil_decision,
    note_decision,
)
from sigpret.apps.mesas.actions.superseding import supersede
from sigpret.apps.mesas.models import Agreement, Mesa
from sigpret.apps.mesas.models.meeting import MeetingState
from sigpret.apps.mesas.queries import standing_in
from sigpret.demonstration.people import DOMAIN
from sigpret.demonstration.quarters import TEGUCIGALPA
from sigpret.demonstration.tables.mesas_meetings import coordinator_of

HEALTH, SESAL = "S18", "060"
PRESIDENCY = f"presidencia@{DOMAIN}"
WATER, EDUCATION = "S02", "S07"


@dataclass(frozen=True, slots=True)
class Fate:
    """What happened to an agreement of Salud, found by how its text begins; days of 2026."""

    begins: str
    progress: tuple[tuple[date, str], ...] = ()
    moved: tuple[date, date, str] | None = None
    fulfilled: tuple[date, str] | None = None


HEALTH_FATES = (
    Fate(
        "Enviar el plan de trabajo",
        fulfilled=(date(2026, 2, 18), "Se envió y las cuatro máximas autoridades lo aprobaron."),
    ),
    Fate(
        "Acordar una sola forma",
        ((date(2026, 2, 24), "Reunión técnica entre SESAL e IHSS; falta el visto bueno de ARSA."),),
        fulfilled=(date(2026, 3, 10), "Ficha técnica común firmada por las cuatro instituciones."),
    ),
    Fate(
        "Reportar el abastecimiento",
        fulfilled=(date(2026, 7, 3), "El II trimestre se reportó con la ficha común."),
    ),
    Fate(
        "Entregar el listado de rutas",
        ((date(2026, 4, 8), "Faltan los listados de Colón y Gracias a Dios."),),
        fulfilled=(date(2026, 4, 20), "Listado de 64 rutas sin vehículo, por municipio."),
    ),
    Fate(
        "Cotizar los repuestos",
        fulfilled=(date(2026, 6, 9), "Tres cotizaciones; la menor sale de existencias."),
    ),
    Fate(
        "Enviar las cantidades",
        fulfilled=(date(2026, 7, 13), "Matriz consolidada de 112 renglones, enviada a la ONCAE."),
    ),
    Fate(
        "Conciliar el inventario",
        ((date(2026, 8, 25), "Conciliados 9 de 14 almacenes."),
         (date(2026, 9, 24), "El IHSS no entrega los movimientos de dos almacenes.")),
        moved=(date(2026, 9, 22), date(2026, 10, 6), "Dos almacenes cambiaron de sistema."),
    ),
    Fate(
        "Separar los datos por edad",
        ((date(2026, 9, 15), "Lista la serie por edad; falta la variable de pueblo."),),
    ),
    Fate(
        "Remitir las causas",
        fulfilled=(date(2026, 8, 31), "Informe de causas de las cuatro metas, con plan de compra."),
    ),
    Fate(
        "Remitir la lista de hospitales",
        ((date(2026, 9, 10), "Doce de 31 hospitales respondieron."),),
    ),
    Fate(
        "Mantener el control de vectores",
        ((date(2026, 10, 6), "Índice de 7 % en la región de Cortés; dos brigadas más."),),
    ),
)  # fmt: skip
SUPERSEDED = ("Publicar la lista de hospitales", "Remitir la lista de hospitales")
TO_THE_POLITICAL = (
    "Conciliar el inventario",
    "Que el IHSS entregue los movimientos de sus dos almacenes antes del 20 de octubre.",
    "Se reprogramó una vez y el nivel técnico ya no puede exigirlo.",
)
TO_THE_PRESIDENCY = (
    "Solicitar autorización de compra",
    "Autorizar la compra de emergencia de 38 renglones de medicamentos esenciales.",
    "La licitación quedó desierta por precio de referencia y el proceso ordinario tarda 90 días.",
)


def store_agreements(people: Mapping[str, User], at: datetime) -> None:
    """The follow-up of every mesa that met, as its technical coordination wrote it."""
    held = Agreement.objects.filter(meeting__state=MeetingState.DISTRIBUTED)
    rows = held.select_related("mesa__sector", "meeting", "institution")
    for agreement in rows.exclude(mesa__sector__code=HEALTH).order_by("mesa", "meeting", "number"):
        befall(agreement, at)
    mesa = Mesa.objects.get(sector__code=HEALTH)
    for fate in HEALTH_FATES:
        if (found := beginning(mesa, fate.begins)) is not None:
            live(found, fate)
    correct(mesa)
    raise_to(mesa, "political", TO_THE_POLITICAL, at - timedelta(days=4))
    raise_to(mesa, "presidency", TO_THE_PRESIDENCY, at - timedelta(hours=14))
    decide(people[PRESIDENCY])


def beginning(mesa: Mesa, words: str) -> Agreement | None:
    rows = Agreement.objects.filter(mesa=mesa, text__startswith=words)
    return rows.select_related("mesa__sector", "meeting", "institution").first()


def following(agreement: Agreement, at: datetime) -> follow.Following:
    """As the technical coordination follows it on a day."""
    person = coordinator_of(agreement.mesa)
    on = at.astimezone(TEGUCIGALPA).date()
    standing = standing_in(agreement.mesa, access_of(person, on=on), on=on)
    agreement.refresh_from_db(fields=["version", "due_on", "state"])
    return follow.Following(person, standing, agreement.pk, agreement.version, at)


def morning(day: date) -> datetime:
    return datetime.combine(day, time(10, 30), TEGUCIGALPA)


def live(agreement: Agreement, fate: Fate) -> None:
    """What happened to it, in the order it did."""
    for _day, act in sorted(deeds_of(agreement, fate), key=lambda pair: pair[0]):
        act()


def deeds_of(agreement: Agreement, fate: Fate) -> Iterator[tuple[date, "Act"]]:
    for day, text in fate.progress:
        yield day, Act(agreement, day, text)
    if fate.moved is not None:
        day, until, text = fate.moved
        yield day, Act(agreement, day, text, until=until)
    if fate.fulfilled is not None:
        day, text = fate.fulfilled
        yield day, Act(agreement, day, text, is_done=True)


@dataclass(frozen=True, slots=True)
class Act:
    """One step on a day: progress, another date (`until`), or done with its file."""

    agreement: Agreement
    day: date
    text: str
    until: date | None = None
    is_done: bool = False

    def __call__(self) -> None:
        asked = following(self.agreement, morning(self.day))
        if self.until is not None:
            follow.reprogram(following=asked, new_due_on=self.until, text=self.text)
        elif self.is_done:
            proof = proof_of(self.agreement.institution, asked)
            follow.fulfil(following=asked, text=self.text, fulfilled_on=self.day, evidence_id=proof)
        else:
            follow.tell_progress(following=asked, text=self.text)


def proof_of(institution: Institution, asked: follow.Following) -> int:
    """A file of the institution that answers, one it already has if it has any."""
    found = Evidence.objects.filter(institution=institution, withdrawn_at=None, is_reserved=False)
    first = found.filter(uploaded_at__lte=asked.at).order_by("-uploaded_at", "pk").first()
    first = first or found.order_by("pk").first()
    if first is not None:
        return int(first.pk)
    file = StoredFile.objects.order_by("pk")[0]
    made = Evidence.objects.create(
        institution=institution,
        file=file,
        name="acta-de-entrega.pdf",
        uploaded_by=asked.actor,
        uploaded_at=asked.at,
    )
    return int(made.pk)


def befall(agreement: Agreement, at: datetime) -> None:
    """Of the other mesas, by chance of their number: done in time, done late, or waiting."""
    due, today = agreement.due_on, at.astimezone(TEGUCIGALPA).date()
    kind = (agreement.mesa_id + agreement.meeting_id + agreement.number) % 4
    if due >= today:
        if kind % 2:
            Act(agreement, today - timedelta(days=8), "Se pidió la información a cada unidad.")()
        return
    if kind == 3:
        Act(agreement, due - timedelta(days=3), "Falta la respuesta de dos direcciones.")()
        return
    late = 5 if kind == 2 else -4
    done = min(due + timedelta(days=late), today - timedelta(days=1))
    Act(agreement, done, "Entregado y recibido por la coordinación técnica.", is_done=True)()


def correct(mesa: Mesa) -> None:
    """One that was agreed wrongly was corrected by a later one."""
    old, later = (beginning(mesa, words) for words in SUPERSEDED)
    if old is not None and later is not None:
        asked = following(old, morning(date(2026, 8, 28)))
        supersede(following=asked, by_agreement_id=later.pk)


def raise_to(mesa: Mesa, to: str, said: tuple[str, str, str], at: datetime) -> None:
    words, ask, reason = said
    agreement = beginning(mesa, words)
    if agreement is not None:
        escalate(following=following(agreement, at), to=to, ask=ask, reason=reason)


def decide(presidency: User) -> None:
    """What the Presidency decided in its meetings: one is overdue, one was done, one runs."""
    sesal = Institution.objects.get(code=SESAL)
    decided = (
        (HEALTH, "Compra conjunta de medicamentos por convenio marco", date(2026, 8, 27),
         "Que SESAL e IHSS compren juntos los renglones que comparten.", sesal,
         date(2026, 9, 30), None),
        (EDUCATION, "Merienda escolar en los municipios priorizados", date(2026, 7, 16),
         "Priorizar los 40 municipios con mayor deserción.", None, date(2026, 8, 31),
         (date(2026, 8, 28), "Se entrega en los 40 municipios desde el 24 de agosto.")),
        (WATER, "Agua en los centros de salud sin servicio", date(2026, 9, 30),
         "Instalar cisternas en los 28 centros antes de fin de año.", None, date(2026, 12, 15),
         None),
    )  # fmt: skip
    for code, ask, day, text, owner, due_on, done in decided:
        mesa = Mesa.objects.select_related("sector").filter(sector__code=code).first()
        place = owner or Institution.objects.filter(sectors__code=code).order_by("code").first()
        if mesa is None or place is None:
            continue
        at = morning(day)
        matter = note_decision(
            actor=presidency,
            access=access_of(presidency, on=day),
            mesa_id=mesa.pk,
            ask=ask,
            decision=Decision(text, place.pk, due_on),
            at=at,
        )
        if done is not None:
            standing = standing_in(mesa, access_of(presidency, on=done[0]), on=done[0])
            deciding = Deciding(presidency, standing, matter.pk, matter.version, morning(done[0]))
            fulfil_decision(deciding=deciding, text=done[1], fulfilled_on=done[0])
