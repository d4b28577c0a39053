"""A small ministry in the open quarter, with the people who report, decide and close."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access, access_of
from sigpret.apps.monitoring import actions
from sigpret.apps.monitoring.models import ProgressReport, ReportedValue, ReportingRound
from sigpret.apps.results.models import Goal, Indicator
from sigpret.methodology.periods import Period
from tests.factories.institutions import make_institution, make_user
from tests.factories.monitoring import TEGUCIGALPA, make_round
from tests.factories.planning import make_plan, make_product
from tests.factories.results import make_goal

Q3 = Period.parse("2026-Q3")
NOW = datetime(2026, 10, 13, 9, 0, tzinfo=TEGUCIGALPA)
DEADLINE = datetime(2026, 10, 16, 17, 0, tzinfo=TEGUCIGALPA)


def access(user: User) -> Access:
    return access_of(user, on=NOW.date())


@dataclass
class Ministry:
    """An institution with a product (2 a quarter) and a goal (10 a quarter) due in the quarter."""

    round: ReportingRound = field(default_factory=make_round)
    institution: Institution = field(default_factory=make_institution)

    def __post_init__(self):
        self.registrar = make_user(Role.REGISTRAR, institution=self.institution)
        self.analyst = make_user(Role.ANALYST)
        self.administrator = make_user(Role.ADMINISTRATOR)
        self.director = make_user(Role.ADMINISTRATOR)
        self.plan = make_plan(self.institution)
        quarters = [f"2026-Q{number}" for number in (1, 2, 3, 4)]
        self.product = make_product(self.plan, dict.fromkeys(quarters, "2"))
        self.goal = make_goal(institution=self.institution, planned=dict.fromkeys(quarters, "10"))
        self.indicator = self.goal.indicator

    @staticmethod
    def access(user: User) -> Access:
        return access(user)

    def save(self, value, *, by: User | None = None, version: int = 0, at=NOW, **subject):
        """Write a value; of the product unless `indicator_id` says otherwise. A cause has its
        category."""
        if "indicator_id" not in subject:
            subject.setdefault("product_id", self.product.pk)
        by = by or self.registrar
        if subject.get("cause"):
            subject.setdefault("cause_category", "procurement")
        return actions.save_value(
            actor=by,
            access=access(by),
            institution=self.institution,
            period=Q3,
            value=None if value is None else Decimal(value),
            expected_version=version,
            at=at,
            **subject,
        )

    def save_everything(self) -> ProgressReport:
        """Two of two of the product and ten of ten of the goal, with the causes they need."""
        because = {"cause": "La licitación quedó desierta.", "cause_category": "procurement"}
        self.save("2", **because)
        self.save("10", indicator_id=self.indicator.pk, **because)
        return self.report

    @property
    def report(self) -> ProgressReport:
        return ProgressReport.objects.get(institution=self.institution, round=self.round)

    def submit(self, *, by: User | None = None, at=NOW, version: int | None = None):
        by = by or self.registrar
        report = self.report
        return actions.submit_report(
            actor=by,
            access=access(by),
            report_id=report.pk,
            expected_version=report.version if version is None else version,
            at=at,
        )

    def value_of(self, subject) -> ReportedValue:
        name = "indicator" if isinstance(subject, Indicator) else "product"
        return ReportedValue.objects.get(**{name: subject}, period=Q3.code)

    def validate(self, *values: ReportedValue, by: User | None = None, at=NOW, **more):
        by = by or self.analyst
        return actions.validate_values(
            actor=by, access=access(by), value_ids=[value.pk for value in values], at=at, **more
        )

    def give_back(
        self, value: ReportedValue, text="¿De qué periodo es?", *, by=None, at=NOW, **more
    ):
        by = by or self.analyst
        return actions.return_value(
            actor=by, access=access(by), value_id=value.pk, observation=text, at=at, **more
        )

    def validate_everything(self) -> None:
        self.save_everything()
        self.submit()
        self.validate(*ReportedValue.objects.filter(report=self.report))

    def confirm(self, *, by: User | None = None, at=DEADLINE):
        """The first of the two people who close."""
        by = by or self.director
        return actions.confirm_closing(actor=by, access=access(by), period=Q3, at=at)

    def close(self, *, by: User | None = None, at=DEADLINE, **more):
        """Close with two people: the director confirms and `by` closes."""
        by = by or self.administrator
        self.confirm(at=at)
        return actions.close_round(actor=by, access=access(by), period=Q3, at=at, **more)

    def reopen(self, *, at, reason="Se cargó un dato equivocado.", **more):
        by = self.administrator
        return actions.reopen_round(
            actor=by, access=access(by), period=Q3, reason=reason, at=at, **more
        )


def chain_above(goal: Goal) -> tuple[Goal, Goal]:
    """A sectoral goal served by `goal`, and a presidential one served by that."""
    presidential = make_goal(Goal.Level.PRESIDENTIAL, sector=goal.sector)
    sectoral = make_goal(Goal.Level.SECTORAL, sector=goal.sector, serves=(presidential,))
    goal.serves.create(parent=sectoral)
    return sectoral, presidential
