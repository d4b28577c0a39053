"""The invented country: the same seed, the same rows; every kind of goal; no loose chain."""

from collections import Counter
from decimal import Decimal

from sigpret.apps.results.models import Alignment, Goal, Indicator
from sigpret.demonstration.catalogue import read_catalogue
from sigpret.demonstration.country import digest_of, invent_country


def test_the_same_seed_gives_the_same_country(country, catalogue):
    assert digest_of(invent_country(catalogue, seed=414)) == digest_of(country)


def test_another_seed_gives_another_country(country, catalogue):
    assert digest_of(invent_country(catalogue, seed=7)) != digest_of(country)


def test_it_has_the_goals_it_announces(country):
    count = Counter(goal.level for goal in country.goals)
    assert count["presidential"] == 48
    assert 145 <= count["sectoral"] <= 155
    assert 870 <= count["institutional"] <= 930


def test_every_sector_has_a_presidential_goal(country, catalogue):
    covered = {goal.sector for goal in country.goals if goal.level == "presidential"}
    assert covered == set(catalogue.sectors)


def test_every_institution_has_goals_and_plans(country):
    codes = {institution.code for institution in country.institutions}
    assert {goal.institution for goal in country.goals} - {None} == codes
    for year in (2025, 2026):
        planned = {plan.institution for plan in country.plans if plan.fiscal_year == year}
        assert codes - planned == ({"414"} if year == 2026 else set())


def test_every_way_of_measuring_is_there(country):
    assert {goal.accumulation for goal in country.goals} == set(Indicator.Accumulation.values)
    assert {goal.across_years for goal in country.goals} == set(Indicator.AcrossYears.values)
    assert {goal.sense for goal in country.goals} == set(Indicator.Sense.values)
    assert {link.rule for link in country.links} == set(Alignment.RollupRule.values)


def test_most_links_are_weighted(country):
    rules = Counter(link.rule for link in country.links)
    assert rules["weighted"] > len(country.links) / 2


def test_only_children_that_count_the_same_are_pooled(country, goals):
    pooled = {link.parent for link in country.links if link.rule == "pooled_ratio"}
    for parent in pooled:
        children = [goals[link.child] for link in country.links if link.parent == parent]
        assert len({child.unit for child in children}) == 1
        assert {child.sense for child in children} == {"ascending"}


def test_nearly_every_goal_reaches_a_presidential_one_a_level_at_a_time(country, goals):
    above = {Goal.Level.INSTITUTIONAL: "sectoral", Goal.Level.SECTORAL: "presidential"}
    served = {link.child for link in country.links}
    assert all(goals[li.parent].level == above[goals[li.child].level] for li in country.links)
    loose = Counter(goals[code].level for code in set(goals) - served)
    assert loose == {"presidential": 48, "sectoral": 2, "institutional": 6}


def test_every_presidential_goal_is_served(country, goals):
    parents = {link.parent for link in country.links}
    assert {code for code, goal in goals.items() if goal.level == "presidential"} <= parents


def test_no_link_leaves_the_blocks_of_its_sector(country, goals, catalogue):
    for link in country.links:
        assert catalogue.share_a_block(goals[link.child].sector, goals[link.parent].sector)


def test_some_goals_serve_two(country):
    parents = Counter(link.child for link in country.links)
    assert set(parents.values()) == {1, 2}


def test_the_weights_of_nearly_every_parent_add_to_a_hundred(country):
    total: Counter[str] = Counter()
    for link in country.links:
        assert link.weight > 0
        total[link.parent] += link.weight
    assert Counter(total.values())[Decimal(90)] == 3
    assert set(total.values()) == {Decimal(90), Decimal(100)}


def test_no_share_passes_the_whole(country):
    shares = [goal for goal in country.goals if goal.unit == "porcentaje"]
    for goal in shares:
        numbers = [*goal.planned.values(), *goal.executed.values()]
        assert max(number for number in numbers if number is not None) <= 100


def test_goals_are_told_apart_by_code_and_address(country):
    for name in ("code", "slug"):
        assert max(Counter(getattr(goal, name) for goal in country.goals).values()) == 1


def test_plans_have_between_twelve_and_thirty_products(country):
    sizes = [len(plan.products) for plan in country.plans]
    assert (min(sizes), max(sizes)) >= (12, 20)
    assert max(sizes) <= 30


def test_a_larger_country_keeps_its_presidential_goals(catalogue):
    larger = invent_country(catalogue, seed=414, scale=3)
    count = Counter(goal.level for goal in larger.goals)
    assert (len(larger.institutions), count["presidential"]) == (291, 48)
    assert count["sectoral"] == 3 * 152
    assert all(fact.is_fictitious for fact in larger.institutions[97:])


def test_nobody_in_it_is_real(country):
    """Everybody has the demonstration's address and a name put together from the lists."""
    assert all(person.email.endswith("@demo.hn") for person in country.people)
    assert len({person.full_name for person in country.people}) == len(country.people)
    assert len({person.email for person in country.people}) == len(country.people)


def test_reading_another_country_needs_only_its_folder(tmp_path, settings):
    copy = tmp_path / "gt"
    copy.mkdir()
    for path in settings.CATALOGUES.glob("*.csv"):
        (copy / path.name).write_bytes(path.read_bytes())
    assert read_catalogue(copy) == read_catalogue(settings.CATALOGUES)
