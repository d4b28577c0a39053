"""Loading the country's catalogues in a real installation."""

import json
import shutil

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.actions import load_catalogues
from sigpret.apps.institutions.catalogues import CatalogueError, read_catalogues
from sigpret.apps.institutions.models import AxisBlock, Institution, Sector, StrategicAxis
from sigpret.apps.institutions.queries import Access
from sigpret.apps.reference.models import (
    ExpenseObject,
    FinancingBody,
    FundingSource,
    Periodicity,
    TargetPopulation,
    UnitOfMeasure,
)
from sigpret.config.paths import CATALOGUES
from tests.factories.institutions import make_user

pytestmark = pytest.mark.django_db


def load(folder=CATALOGUES):
    return load_catalogues(actor=None, access=Access(), files=read_catalogues(folder))


def test_an_empty_database_gets_the_whole_structure():
    load()
    assert StrategicAxis.objects.count() == 4
    assert AxisBlock.objects.count() == 5
    assert Sector.objects.count() == 22
    assert Sector.objects.get(code="S15").blocks.count() == 2
    assert Institution.objects.filter(code="414").exists()
    assert Periodicity.objects.get(code="2").per_year == 2
    assert UnitOfMeasure.objects.filter(code="149").exists()
    assert TargetPopulation.objects.exists()


def test_a_budget_gets_the_codes_it_is_written_with():
    load()
    assert ExpenseObject.objects.count() == 461
    assert ExpenseObject.objects.get(code="29200").parent.code == "29000"
    assert ExpenseObject.objects.filter(parent=None).count() == 8
    assert FundingSource.objects.get().code == "11"
    assert FinancingBody.objects.get().name.startswith("Tesorería General")


def test_an_object_of_expense_that_stands_elsewhere_is_moved():
    load()
    ExpenseObject.objects.filter(code="29200").update(parent=None)
    load()
    assert ExpenseObject.objects.get(code="29200").parent.code == "29000"


def test_nothing_made_up_for_the_demonstration_enters():
    load()
    assert not Institution.objects.filter(source__contains="demostración").exists()
    assert not Institution.objects.filter(sectors__isnull=False).exists()


def test_loading_twice_adds_nothing_and_says_nothing():
    load()
    assert not any(load().values())
    assert AuditEvent.objects.count() == 1


def test_one_event_says_how_much_was_loaded():
    load()
    event = AuditEvent.objects.get()
    assert event.actor_name == "SIGPRET"
    assert json.loads(event.payload)["institutions"]["added"] == Institution.objects.count()


def test_a_corrected_name_arrives_and_its_address_stays():
    load()
    Institution.objects.filter(code="414").update(name="Nombre viejo", slug="nombre-viejo")
    assert load()["institutions"].changed == 1
    assert Institution.objects.get(code="414").slug == "nombre-viejo"
    assert Institution.objects.get(code="414").name != "Nombre viejo"


def test_a_padded_code_of_a_report_is_the_same_unit():
    UnitOfMeasure.objects.create(code="0149", name="INFORME", source="un reporte")
    load()
    assert not UnitOfMeasure.objects.filter(code="149").exists()


def test_an_assigned_sector_is_loaded_when_somebody_assigned_it(tmp_path):
    folder = shutil.copytree(CATALOGUES, tmp_path / "hn")
    (folder / "institution_sectors.csv").write_text(
        "institution,sector,source\n414,S11,Acuerdo de prueba\n", encoding="utf-8"
    )
    load(folder)
    assert [s.code for s in Institution.objects.get(code="414").sectors.all()] == ["S11"]


def test_a_file_that_names_an_unknown_sector_loads_nothing(tmp_path):
    folder = shutil.copytree(CATALOGUES, tmp_path / "hn")
    (folder / "sector_blocks.csv").write_text("sector,block,source\nS99,1,x\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="S99"):
        load(folder)
    assert not StrategicAxis.objects.exists()


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CatalogueError, match=r"axes\.csv"):
        read_catalogues(tmp_path)


def test_only_the_administration_loads_them():
    analyst = make_user(Role.ANALYST)
    with pytest.raises(PermissionDenied, match="administración de DIGER"):
        load_catalogues(
            actor=analyst,
            access=Access(roles=frozenset({Role.ANALYST})),
            files=read_catalogues(CATALOGUES),
        )
