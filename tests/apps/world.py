"""A small country with two institutions, for the authorisation table."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.core.files.base import ContentFile

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import INSTITUTION_ROLES, Role
from sigpret.apps.evidence.actions.documents import keep_document
from sigpret.apps.evidence.models import Evidence
from sigpret.apps.imports.models import PlanImport, WorkbookLot
from sigpret.apps.institutions.models import Institution, Membership
from sigpret.apps.mesas.actions.conformity import answer_conformity
from sigpret.apps.mesas.models import Designation, Meeting, Mesa, WorkingGroup
from sigpret.apps.monitoring.actions import evaluate_period
from sigpret.apps.monitoring.models import (
    ChangeRequest,
    ProgressReport,
    ReportedValue,
    ReportingRound,
)
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.planning.actions.versions import keep_version
from sigpret.apps.planning.models import StrategicPlan
from sigpret.apps.reference.queries import policy_on
from sigpret.apps.results.models import Goal
from sigpret.methodology.periods import Period
from tests.factories.agreements import (
    add_activity,
    make_agreement,
    make_work_plan,
    put_in_force,
    send,
)
from tests.factories.budget import make_scenario
from tests.factories.budget_files import make_execution
from tests.factories.evidence import make_evidence, picture, use_evidence
from tests.factories.institutions import make_institution, make_sector, make_user
from tests.factories.mesa_products import (
    make_bottleneck,
    make_mechanism,
    make_strategy,
    write_product,
)
from tests.factories.mesas import accredit, add_item, call, designate, make_meeting, make_mesa
from tests.factories.minutes import Scene, ask
from tests.factories.minutes import call as summon
from tests.factories.monitoring import make_report, make_round, make_value
from tests.factories.planning import make_plan, make_product
from tests.factories.results import make_goal
from tests.factories.visits import add_photo_to, make_visit

#: Written in what the other institution has not published; nobody outside may read it.
CANARY = "canario de la otra institución"
#: The same as a quantity, and as people read it.
FIGURE = "918273"
CANARIES = (CANARY, FIGURE, "918,273")
MESA_ROLES = (Role.MESA_COORDINATOR, Role.MESA_MEMBER, Role.POLITICAL_COORDINATOR)
AT = datetime(2026, 10, 10, 15, 0, tzinfo=UTC)


@dataclass
class World:
    own: Institution
    other: Institution
    goal: Goal
    sectoral: Goal
    reserved: Goal
    mesa: Mesa
    people: dict[str, User] = field(default_factory=dict)
    reports: dict[str, int] = field(default_factory=dict)
    values: dict[str, int] = field(default_factory=dict)
    imports: dict[str, int] = field(default_factory=dict)
    executions: dict[str, int] = field(default_factory=dict)
    visits: dict[str, int] = field(default_factory=dict)
    photos: dict[str, int] = field(default_factory=dict)
    changes: dict[str, int] = field(default_factory=dict)
    products: dict[str, str] = field(default_factory=dict)
    scenarios: dict[str, int] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    evidence: dict[str, int] = field(default_factory=dict)
    lots: dict[str, int] = field(default_factory=dict)
    plans: dict[str, int] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)
    agreement: dict[str, int] = field(default_factory=dict)
    activity: str = ""
    members: dict[str, int] = field(default_factory=dict)
    convocation: dict[str, int | str] = field(default_factory=dict)
    minutes: dict[str, object] = field(default_factory=dict)
    mesa_products: dict[str, int] = field(default_factory=dict)
    strategic: dict[str, int] = field(default_factory=dict)
    change_files: dict[str, int] = field(default_factory=dict)

    def fill(self, pattern: dict[str, object]) -> dict[str, object]:
        """Replace `{own.code}`-like words of an address by what this world holds."""
        return {
            key: value.format_map(self.words()) if isinstance(value, str) else value
            for key, value in pattern.items()
        }

    def words(self) -> dict[str, object]:
        return {
            "own": self.own.code,
            "other": self.other.code,
            "goal": self.goal.code,
            "sectoral": self.sectoral.code,
            "reserved": self.reserved.code,
            "mesa": self.mesa.sector.slug,
            "activity": self.activity,
            "own_institution": self.own.pk,
            "demo_person": self.people["demo"].pk,
            **{f"{name}_report": pk for name, pk in self.reports.items()},
            **{f"{name}_value": pk for name, pk in self.values.items()},
            **{f"{name}_import": pk for name, pk in self.imports.items()},
            **{f"{name}_execution": pk for name, pk in self.executions.items()},
            **{f"{name}_visit": pk for name, pk in self.visits.items()},
            **{f"{name}_photo": pk for name, pk in self.photos.items()},
            **{f"{name}_change": pk for name, pk in self.changes.items()},
            **{f"{name}_product": key for name, key in self.products.items()},
            **{f"{name}_scenario": pk for name, pk in self.scenarios.items()},
            **{f"{name}_plan_product": key.split("-")[1] for name, key in self.products.items()},
            **{f"{name}_label": label for name, label in self.labels.items()},
            **{f"{name}_group": pk for name, pk in self.groups.items()},
            **{f"{name}_evidence": pk for name, pk in self.evidence.items()},
            **{f"{name}_lot": pk for name, pk in self.lots.items()},
            **{f"{name}_plan": pk for name, pk in self.plans.items()},
            **{f"{name}_row": key for name, key in self.rows.items()},
            **{f"agreement_{name}": number for name, number in self.agreement.items()},
            **{f"{name}_member": pk for name, pk in self.members.items()},
            **{f"convocation_{name}": key for name, key in self.convocation.items()},
            **{f"minutes_{name}": key for name, key in self.minutes.items()},
            **{f"product_{name}": key for name, key in self.mesa_products.items()},
            **self.strategic,
            **self.change_files,
        }


def make_world() -> World:
    """Two institutions with a report and an import each, under one presidential goal.

    The other answers for the sectoral goal below it, which nobody has had validated, and has an
    institutional goal of another sector, whose figures are reserved.
    """
    own, other = make_institution("701", "Instituto Propio"), make_institution("702", "Otro")
    sector, planned = make_sector(), {"2026-Q3": "10"}
    goal = make_goal(Goal.Level.PRESIDENTIAL, planned, sector=sector)
    sectoral = make_goal(
        Goal.Level.SECTORAL, planned, serves=(goal,), sector=sector, institution=other
    )
    reserved = make_goal(planned=planned, serves=(sectoral,), institution=other)
    world = World(own, other, goal, sectoral, reserved, make_mesa(sector))
    add_people(world, sector)
    add_mesa_people(world)
    round_ = make_round()
    for name, institution in (("own", own), ("other", other)):
        add_report(world, name, institution, round_)
        add_import(world, name, institution)
        add_visit(world, name)
        add_change(world, name)
        add_evidence(world, name, institution)
        add_lot(world, name, institution)
        add_strategic_plan(world, name, institution)
        add_plan_change(world, name, institution)
    add_drafts(world)
    add_agreement(world)
    add_convocation(world)
    add_minutes(world)
    add_mesa_products(world)
    return world


def add_mesa_products(world: World) -> None:
    """A bottleneck of the own institution, a strategy, a mechanism, and both written products."""
    by = world.people[Role.MESA_COORDINATOR]
    world.mesa_products = {
        "bottleneck": make_bottleneck(world.mesa, world.own, found_by=by).pk,
        "strategy": make_strategy(world.mesa, by).pk,
        "mechanism": make_mechanism(world.mesa, world.own).pk,
    }
    write_product(world.mesa, by)
    write_product(world.mesa, by, "progress", period="2026-Q3", sections={"goals": "Seis."})


def add_convocation(world: World) -> None:
    """A meeting that is still to be held, with a file and somebody called to it."""
    meeting = make_meeting(world.mesa, starts_at=AT + timedelta(days=9))
    file_id = Evidence.objects.get(pk=world.evidence["own"]).file_id
    paper = meeting.attachments.create(
        file_id=file_id, name="agenda.pdf", added_by=meeting.prepared_by, added_at=AT
    )
    call(meeting, accreditation=meeting.mesa.accreditations.first(), token="llave-de-una-persona")
    world.convocation = {
        "meeting": meeting.number,
        "paper": paper.pk,
        "token": "llave-de-una-persona",
    }


def add_minutes(world: World) -> None:
    """Minutes people are asked about, with an observation; and others that went out."""
    scenes = [minutes_scene(world, days) for days in (0, 3)]
    asked, public = (ask(scene, at=scene.meeting.starts_at) for scene in scenes)
    observed = answer_conformity(
        token=asked.people[1].token, at=AT, version_number=1, observation="Falta algo."
    )
    version = public.meeting.versions.get()
    Meeting.objects.filter(pk=public.meeting.pk).update(
        state="distributed", distributed_at=AT, document_digest=version.digest
    )
    world.minutes = {
        "meeting": asked.meeting.number,
        "item": asked.item.pk,
        "agreement": asked.meeting.agreements.get().pk,
        "observation": observed.pk,
        "token": str(asked.people[0].conformity_key),
        "code": version.digest[:16],
        "number": public.meeting.minutes_number,
        "year": public.meeting.minutes_year,
    }


def minutes_scene(world: World, days: int) -> Scene:
    by, places = world.people[Role.MESA_COORDINATOR], [world.own, world.other]
    meeting = make_meeting(world.mesa, by=by, starts_at=AT - timedelta(days=30 - days))
    add_item(meeting)
    people = [summon(meeting, place) for place in places]
    return Scene(world.mesa, by, places, meeting, people)


def add_agreement(world: World) -> None:
    """An agreement of the own institution with a file shown, raised to the Presidency."""
    shown, author = world.evidence["own"], world.people[Role.MESA_COORDINATOR]
    agreed = make_agreement(world.mesa, institution=world.own)
    step = agreed.steps.create(
        kind="progress", text="Se pidió.", evidence_id=shown, by=author, at=AT
    )
    matter = agreed.escalations.create(
        mesa=world.mesa,
        to="presidency",
        ask="Autorizar la compra.",
        reason="Quedó desierta.",
        raised_by=author,
        raised_at=AT,
        evidence_id=shown,
    )
    meeting = agreed.meeting.number
    world.agreement = {"meeting": meeting, "n": 1, "step": step.pk, "matter": matter.pk}
    add_work_plan(world)


def add_work_plan(world: World) -> None:
    """A plan that rules, and its second version waiting for both institutions."""
    plan = make_work_plan(world.mesa)
    activity = add_activity(plan, "Diagnóstico", world.own)
    put_in_force(plan)
    waiting = make_work_plan(world.mesa, number=2)
    add_activity(waiting, "Diagnóstico", world.own, key=activity.key)
    send(waiting)
    for place in (world.own, world.other):
        waiting.approvals.create(institution=place)
    world.activity = str(activity.key)


def add_people(world: World, sector) -> None:
    for role in Role:
        place = world.own if role in INSTITUTION_ROLES else None
        if role in MESA_ROLES:
            person = make_user()
            Membership.objects.create(
                user=person, role=role, sector=sector, valid_from=date(2020, 1, 1)
            )
        else:
            person = make_user(role, institution=place)
        world.people[role.value] = person
    world.people["stranger"] = make_user(Role.REGISTRAR, institution=make_institution("703"))
    world.people["no_role"] = make_user()
    world.people["demo"] = make_user(is_demo=True)


def add_mesa_people(world: World) -> None:
    """The mesa of the sector: coordinated on both levels, with a member of each institution."""
    for role, duty in (
        (Role.MESA_COORDINATOR, Designation.Duty.TECHNICAL_COORDINATOR),
        (Role.POLITICAL_COORDINATOR, Designation.Duty.POLITICAL_COORDINATOR),
        (Role.ANALYST, Designation.Duty.ANALYST),
    ):
        designate(world.mesa, world.people[role], duty)
    for name, institution in (("own", world.own), ("other", world.other)):
        institution.sectors.add(world.mesa.sector)
        person = world.people[Role.MESA_MEMBER] if name == "own" else None
        member = accredit(
            world.mesa,
            institution,
            person=person,
            letter_file=make_evidence(institution, "oficio.png").file,
        )
        world.members[name] = member.pk
    world.members["designated"] = world.mesa.designations.order_by("pk")[0].pk
    group = WorkingGroup.objects.create(
        mesa=world.mesa,
        name="Cadena de frío",
        scope="Refrigeradoras",
        deliverable="Inventario",
        due_on=date(2026, 12, 1),
        created_by=world.people[Role.MESA_COORDINATOR],
    )
    world.members["group"] = group.pk


def add_strategic_plan(world: World, name: str, institution: Institution) -> None:
    """A plan being prepared, with one objective and its result."""
    text = CANARY if name == "other" else "Gestión"
    plan = StrategicPlan.objects.create(
        institution=institution, first_year=2026, last_year=2030, mission=text
    )
    objective = plan.objectives.create(number=1, text=text)
    result = objective.results.create(number=1, text=text)
    world.strategic[f"{name}_strategic_objective"] = objective.pk
    world.strategic[f"{name}_strategic_result"] = result.pk


def add_report(world: World, name: str, institution: Institution, round_: ReportingRound) -> None:
    is_other = name == "other"
    author = make_user(
        Role.REGISTRAR, institution=institution, full_name=CANARY if is_other else "Ana Paz"
    )
    product = make_product(make_plan(institution), {"2026-Q3": "2"}, name=f"Informe de {name}")
    report = make_report(
        institution,
        round_,
        state=ReportState.SUBMITTED,
        submitted_at=AT,
        submitted_by=author,
        receipt=f"{institution.code}-2026-T3-1",
    )
    value = make_value(
        report,
        FIGURE if is_other else "1",
        product=product,
        state=ReportState.SUBMITTED,
        cause_category="coordination",
        cause=CANARY if is_other else "Se atrasó la compra.",
        reported_by=author,
        reported_at=AT,
    )
    world.goal.products.add(product)
    world.reports[name], world.values[name] = report.pk, value.pk
    world.rows[name] = f"product-{product.pk}"
    plan = product.operational_objective.objective.plan
    world.scenarios[name] = make_scenario(plan, author, name=CANARY if is_other else "Base").pk
    world.labels[name] = f"1.{product.number}"
    world.groups[name] = product.operational_objective_id


def add_change(world: World, name: str) -> None:
    """Somebody asked that the datum be another."""
    value = ReportedValue.objects.get(pk=world.values[name])
    asked = ChangeRequest.objects.create(
        value=value,
        new_value=5,
        reason=CANARY if name == "other" else "El acta llegó tarde.",
        requested_by=value.reported_by,
        requested_at=AT,
    )
    world.changes[name], world.products[name] = asked.pk, f"product-{value.product_id}"


def add_plan_change(world: World, name: str, institution: Institution) -> None:
    """Somebody prepares a change of the plan's programming, and a version of the plan is kept."""
    is_other = name == "other"
    plan = institution.plans.get(fiscal_year=2026)
    author = make_user(Role.REGISTRAR, institution=institution)
    change = plan.changes.create(
        number=1,
        reason=CANARY if is_other else "Llegó tarde.",
        requested_by=author,
        requested_at=AT,
    )
    product = ReportedValue.objects.get(pk=world.values[name]).product
    change.lines.create(product=product, field="2026-Q3", old=1, new=FIGURE if is_other else 2)
    change.files.create(
        file=keep_document(picture(), "image/png", at=AT),
        name=f"{CANARY}.png" if is_other else "dictamen.png",
        added_by=author,
        added_at=AT,
    )
    world.change_files[f"{name}_change_file"] = change.files.get().pk
    keep_version(plan=plan, occasion="recorded", reason=change.reason, actor=author, at=AT)
    world.plans[name] = plan.pk


def add_drafts(world: World) -> None:
    """What the other institution wrote of its goals: a draft, and a validated reserved figure."""
    report = ProgressReport.objects.get(pk=world.reports["other"])
    author = report.submitted_by
    said = {"reported_by": author, "reported_at": AT, "cause": CANARY, "observation": CANARY}
    make_value(report, FIGURE, indicator=world.sectoral.indicator, **said)
    decided = {"state": ReportState.VALIDATED, "decided_by": author, "decided_at": AT}
    make_value(report, FIGURE, indicator=world.reserved.indicator, **said, **decided)
    evaluate_period(period=Period.parse("2026-Q3"), policy=policy_on(AT.date()), at=AT)


def add_import(world: World, name: str, institution: Institution) -> None:
    author = make_user(Role.REGISTRAR, institution=institution)
    imported = PlanImport.objects.create(
        institution=institution,
        fiscal_year=2026,
        state=PlanImport.State.DISCARDED,
        file=ContentFile(b"PLAN", name="plan.txt"),
        filename=f"{CANARY}.txt" if name == "other" else "plan.txt",
        sha256="0" * 64,
        document={},
        uploaded_by=author,
        uploaded_at=AT,
        updated_at=AT,
    )
    world.imports[name] = imported.pk
    execution = make_execution(institution, author, AT, file_name=imported.filename)
    world.executions[name] = execution.pk


def add_evidence(world: World, name: str, institution: Institution) -> None:
    """A photograph shown for the report's value; the other institution reserves its own."""
    is_other = name == "other"
    shown = make_evidence(
        institution,
        f"{CANARY}.png" if is_other else "foto.png",
        is_reserved=is_other,
        legal_ground=CANARY if is_other else "",
    )
    use_evidence(shown, world.values[name])
    world.evidence[name] = shown.pk


def add_lot(world: World, name: str, institution: Institution) -> None:
    """A workbook of the report, uploaded and not applied."""
    product = ReportedValue.objects.get(pk=world.values[name]).product
    table = {
        "sheet": "Llenar",
        "letters": {"cause": "K"},
        "rows": [
            [
                5,
                f"product-{product.pk}",
                {"cause": ["text", CANARY if name == "other" else "Faltó."]},
            ]
        ],
        "base": {},
    }
    lot = WorkbookLot.objects.create(
        kind=WorkbookLot.Kind.REPORT,
        institution=institution,
        period="2026-Q3",
        state=WorkbookLot.State.REVIEW,
        file=ContentFile(b"LIBRO", name="libro.xlsx"),
        filename=f"{CANARY}.xlsx" if name == "other" else "libro.xlsx",
        sha256="1" * 64,
        content=table,
        uploaded_by=make_user(Role.REGISTRAR, institution=institution),
        uploaded_at=AT,
        updated_at=AT,
        expires_at=AT.replace(year=2040),
    )
    world.lots[name] = lot.pk


def add_visit(world: World, name: str) -> None:
    """A visit that was made and is not signed, with a photograph."""
    value = ReportedValue.objects.get(pk=world.values[name])
    visit = make_visit(
        value,
        visitor=world.people["analyst"],
        place=CANARY if name == "other" else "Bodega central",
        findings=CANARY if name == "other" else "Se contaron 2.",
    )
    world.visits[name] = visit.pk
    world.photos[name] = add_photo_to(visit).pk
