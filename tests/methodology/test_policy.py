"""The policy file: dated versions, every parameter with its source, nothing unknown."""

from datetime import date
from decimal import Decimal

import pytest

from sigpret.methodology.policy import PARAMETERS, PolicyBook, PolicyError, load_policies
from tests.methodology.examples import BOOK, ROOT

TEXT = (ROOT / "policies" / "hn.toml").read_text(encoding="utf-8")


def test_the_country_file_has_every_parameter_with_its_source():
    for policy in BOOK.versions:
        assert set(policy.sources) == set(PARAMETERS)
        assert all(policy.sources.values())


def test_the_published_thresholds():
    policy = BOOK.on(date(2026, 10, 13))
    assert (policy.on_track, policy.at_risk, policy.exceeded) == (90, 80, 120)
    assert policy.bands == (60, 80)
    assert policy.explanation_range == (90, 120)
    assert policy.weight_tolerance == Decimal("0.01")


def test_each_day_has_the_version_in_force():
    later = TEXT.replace('"hn-1"', '"hn-2"').replace("2022-09-01", "2026-07-01")
    book = PolicyBook.from_toml(later + TEXT)
    assert [policy.version for policy in book.versions] == ["hn-1", "hn-2"]
    assert book.on(date(2026, 6, 30)).version == "hn-1"
    assert book.on(date(2026, 7, 1)).version == "hn-2"
    assert book.on(date(1999, 12, 31)).version == "hn-1"


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ("at_risk =", "at_rsk =", "no se conoce at_rsk"),
        ("[[version]]", "color = 1\n[[version]]", "no se conoce color"),
        ("{ value = 90,", "{ value = 90, note = 1,", "no se conoce note"),
        ("{ value = 90,", "{", "falta on_track"),
        ("cap = {", 'cap = 3\nx = {', "no se conoce x"),
        ("value = 100,", 'value = "cien",', "cap no admite"),
        ("value = 100,", "value = true,", "cap no admite"),
        ("value = 100,", "value = nan,", "cap no admite"),
        ('"last"', '"first"', "flow_whole_period no admite"),
        ("value = 15,", "value = 15.5,", "closing_days no admite"),
        ("value = true", "value = 1", "missing_counts_as_zero no admite"),
        ('name = "hn-1"', 'name = ""', "no tiene nombre"),
        ("valid_from = 2022-09-01", 'valid_from = "2022"', "valid_from debe ser una fecha"),
        ("valid_from = 2022-09-01", "valid_from = 2022-09-01T00:00:00", "debe ser una fecha"),
        ("[[version]]", "[version]", "se escriben como tablas"),
        ("[[version]]", "[[version", "no es TOML"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused(written, instead, said):
    assert written in TEXT
    with pytest.raises(PolicyError, match=said):
        PolicyBook.from_toml(TEXT.replace(written, instead, 1))


def test_a_parameter_without_source_is_refused():
    source = BOOK.versions[0].sources["cap"]
    with pytest.raises(PolicyError, match="cap no dice su fuente"):
        PolicyBook.from_toml(TEXT.replace(source, " "))


def test_two_versions_may_not_begin_together():
    with pytest.raises(PolicyError, match="mismo día"):
        PolicyBook.from_toml(TEXT + TEXT.replace('"hn-1"', '"hn-2"'))


@pytest.mark.parametrize("text", ["", "version = []", "version = [1]"])
def test_a_book_without_versions_is_refused(text):
    with pytest.raises(PolicyError, match=r"tablas? \[\[version"):
        PolicyBook.from_toml(text)


def test_the_file_is_named_when_it_is_wrong(tmp_path):
    path = tmp_path / "gt.toml"
    path.write_text("", encoding="utf-8")
    with pytest.raises(PolicyError, match=r"gt\.toml"):
        load_policies(path)
