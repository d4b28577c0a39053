"""The tables: foreign keys point down, constraints speak, every noun is in the glossary."""

import re
import tomllib

import pytest
from django.apps import apps
from django.db import models

from tests.repository.sources import ROOT

OURS = [model for model in apps.get_models() if model.__module__.startswith("sigpret.")]
named = pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)


def layers() -> dict[str, int]:
    """App -> height, read from the same contract the import linter enforces."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(
        contract
        for contract in settings["tool"]["importlinter"]["contracts"]
        if contract.get("containers") == ["sigpret.apps"]
    )
    heights = {}
    for height, layer in enumerate(reversed(contract["layers"])):
        for name in layer.split("|"):
            heights[name.strip(" ()")] = height
    return heights


@named
def test_foreign_keys_obey_the_layers(model):
    height = layers()
    for field in model._meta.get_fields():
        if not isinstance(field, models.ForeignKey | models.ManyToManyField):
            continue
        other = field.related_model._meta.app_label
        if other in height and other != model._meta.app_label:
            assert height[other] < height[model._meta.app_label], f"{field} points up"


@named
def test_constraints_are_named_by_us(model):
    for constraint in model._meta.constraints:
        assert re.fullmatch(r"[a-z][a-z_]{5,62}", constraint.name)


@named
def test_a_model_has_a_spanish_name(model):
    assert {"verbose_name", "verbose_name_plural"} <= model._meta.original_attrs.keys()


@named
def test_a_model_is_in_the_glossary(model):
    glossary = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    row = rf"^\| {re.escape(str(model._meta.verbose_name))} \| `{model.__name__}` \|"
    assert re.search(row, glossary, re.MULTILINE), f"{model.__name__} has no row"


@named
def test_saving_has_no_hidden_steps(model):
    assert "save" not in vars(model)
    assert "delete" not in vars(model)
