"""Numbers come from the methodology: here they are read, compared and printed, never computed."""

import ast

import pytest

from tests.repository.sources import modules

OURS = [module for module in modules() if module.name.startswith("sigpret.apps.evaluation")]
ARITHMETIC = (ast.Div, ast.FloorDiv, ast.Mult, ast.Pow)


@pytest.mark.parametrize("module", OURS, ids=lambda module: module.name)
def test_no_formula_stands_outside_the_methodology(module):
    found = [
        node.lineno
        for node in ast.walk(module.tree)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ARITHMETIC)
    ]
    assert not found
