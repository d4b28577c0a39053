"""Working groups: scope, members, deadline and what they deliver."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.institutions.queries import access_of
from sigpret.apps.mesas.actions.groups import (
    GroupError,
    GroupTerms,
    StaleGroupError,
    change_group,
    close_group,
    create_group,
    deliver,
)
from sigpret.apps.mesas.queries import standing_in
from tests.factories.institutions import make_user
from tests.factories.mesas import AT, accredit, make_coordinator, make_mesa

pytestmark = pytest.mark.django_db
TODAY = AT.date()


@pytest.fixture
def mesa():
    return make_mesa()


@pytest.fixture
def terms(mesa):
    return GroupTerms(
        name="Cadena de frío",
        scope="Estado de las refrigeradoras",
        deliverable="Inventario",
        due_on=TODAY + timedelta(days=30),
        member_ids=frozenset({accredit(mesa).pk}),
    )


@pytest.fixture
def asked(mesa):
    marta = make_coordinator(mesa)
    standing = standing_in(mesa, access_of(marta, on=TODAY), on=TODAY)
    return {"actor": marta, "standing": standing, "at": AT}


def test_a_group_analyses_a_topic_that_the_mesa_will_discuss(asked, terms):
    """«se podrán organizar grupos específicos de trabajo, responsables de analizar, revisar, y
    preparar información, relativa a temas específicos, que posteriormente serán objeto de
    discusión en la MESGEPRET»"""
    group = create_group(**asked, terms=terms)
    assert set(group.members.values_list("pk", flat=True)) == terms.member_ids
    assert create_group(**asked, terms=terms) == group, "twice is one group"
    with pytest.raises(GroupError, match="ya tiene un grupo"):
        create_group(**asked, terms=replace(terms, scope="Otra cosa"))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"due_on": date(2020, 1, 1)}, "ya pasó"),
        ({"member_ids": frozenset()}, "al menos a una persona"),
        ({"member_ids": frozenset({987654})}, "ya no está acreditado"),
    ],
)
def test_a_group_needs_members_and_a_day(asked, terms, change, sentence):
    with pytest.raises(GroupError, match=sentence):
        create_group(**asked, terms=replace(terms, **change))


def test_only_who_writes_in_the_mesa_forms_groups(mesa, terms):
    outsider = make_user()
    standing = standing_in(mesa, access_of(outsider, on=TODAY), on=TODAY)
    with pytest.raises(PermissionDenied):
        create_group(actor=outsider, standing=standing, terms=terms, at=AT)


def test_a_group_is_changed_delivered_and_dissolved_once(asked, terms):
    group = create_group(**asked, terms=terms)
    later = replace(terms, due_on=TODAY + timedelta(days=60))
    changed = change_group(**asked, group_id=group.pk, terms=later, expected_version=1)
    with pytest.raises(StaleGroupError):
        change_group(**asked, group_id=group.pk, terms=terms, expected_version=1)
    given = {"group_id": group.pk, "expected_version": changed.version}
    with pytest.raises(GroupError, match="qué entregó"):
        deliver(**asked, **given, delivery=" ", on=TODAY)
    with pytest.raises(GroupError, match="todavía no llega"):
        deliver(**asked, **given, delivery="Inventario", on=TODAY + timedelta(days=1))
    done = deliver(**asked, **given, delivery="Inventario", on=TODAY)
    assert deliver(**asked, **given, delivery="Otro", on=TODAY).delivery == done.delivery
    close_group(**asked, group_id=group.pk)
    assert close_group(**asked, group_id=group.pk).closed_on == TODAY
