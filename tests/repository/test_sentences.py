"""What the pure core says to people can be found by translators."""

import ast

import pytest

from tests.repository.sources import Module, modules

#: What people read of each: a sentence beside a screen, not what a program of ours did wrong.
SAID = {"LinkError", "FormulaError", "PartsProblem", "Problem", "Explanation"}
PURE = [module for module in modules() if module.name.startswith("sigpret.methodology")]
MARKING = [module for module in PURE if " as _\n" in module.text]


def spelled(node: ast.expr) -> str:
    """What a literal says, its places left out; nothing when it is no literal."""
    if isinstance(node, ast.JoinedStr):
        return "".join(spelled(piece) for piece in node.values)
    return str(node.value) if isinstance(node, ast.Constant) else ""


@pytest.mark.parametrize("module", MARKING, ids=lambda module: module.name)
def test_what_is_marked_is_a_literal_the_catalogue_can_hold(module: Module):
    calls = [one for one in ast.walk(module.tree) if isinstance(one, ast.Call)]
    marked = [one for one in calls if isinstance(one.func, ast.Name) and one.func.id == "_"]
    assert marked
    for call in marked:
        assert isinstance(call.args[0], ast.Constant), f"line {call.lineno}"


@pytest.mark.parametrize("module", PURE, ids=lambda module: module.name)
def test_no_sentence_for_people_goes_unmarked(module: Module):
    bare = [
        argument.lineno
        for call in ast.walk(module.tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SAID
        for argument in call.args
        if " " in spelled(argument)
    ]
    assert not bare, f"mark with _(): lines {bare}"
