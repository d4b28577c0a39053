"""What the code promises about itself, beyond what a linter can see."""

import ast
import re
from collections import defaultdict

import pytest

from tests.repository.sources import ROOT, SRC, Module, modules

FILE_LIMIT = 400
#: The command line starts only what a command needs; the measurements live outside the package.
BY_NAME = {"sigpret.config.cli", "sigpret.config.commands.bench"}
VIEW_FUNCTION_LIMIT = 30
FORBIDDEN_NAMES = {
    "utils", "helpers", "services", "managers", "mixins", "signals", "common", "core", "constants",
}  # fmt: skip
ORM_WRITES = {
    "save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create",
    "update_or_create",
}  # fmt: skip
everywhere = pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)


@everywhere
def test_no_file_is_longer_than_a_person_reads(module: Module):
    assert module.text.count("\n") <= FILE_LIMIT


@everywhere
def test_every_module_says_what_it_is_for(module: Module):
    assert not module.text.strip() or ast.get_docstring(module.tree)


@everywhere
def test_no_drawer_is_called_utils(module: Module):
    assert not FORBIDDEN_NAMES & set(module.path.relative_to(SRC).with_suffix("").parts)


@everywhere
def test_imports_stand_at_the_top(module: Module):
    inside = [
        node.lineno
        for function in ast.walk(module.tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not inside, f"deferred imports hide cycles: lines {inside}"


@pytest.mark.parametrize(
    "module", [m for m in modules() if m.name not in BY_NAME], ids=lambda module: module.name
)
def test_nothing_is_imported_by_name(module: Module):
    assert not re.search(r"\b(import_string|import_module|__import__)\b", module.text)


@everywhere
def test_there_are_no_signals(module: Module):
    assert not re.search(r"django\.(db\.models|core|dispatch).*signal|@receiver", module.text)


@pytest.mark.parametrize(
    "module", [m for m in modules() if ".views" in m.name], ids=lambda module: module.name
)
class TestViews:
    def test_write_nothing_themselves(self, module: Module):
        writes = [
            f"{node.lineno}: .{node.func.attr}("
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ORM_WRITES
            and "objects" in ast.unparse(node.func.value)
        ]
        assert not writes

    def test_are_short(self, module: Module):
        long = [
            f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
            for node in ast.walk(module.tree)
            if isinstance(node, ast.FunctionDef)
            and (node.end_lineno or 0) - node.lineno + 1 > VIEW_FUNCTION_LIMIT
        ]
        assert not long

    def test_never_import_models(self, module: Module):
        assert not [name for name in module.imports() if ".models" in name]


def test_no_modules_import_each_other_in_a_circle():
    names = {module.name for module in modules()}
    graph = {
        module.name: {name for name in module.imports() if name in names} - {module.name}
        for module in modules()
    }
    # A package and its own parts may name each other through the package's re-exports.
    for name, imported in graph.items():
        graph[name] = {other for other in imported if not name.startswith(f"{other}.")}
    assert not cycle_in(graph)


def cycle_in(graph: dict[str, set[str]]) -> list[str]:
    """A cycle as the list of its members, or nothing."""
    state: dict[str, str] = defaultdict(str)
    trail: list[str] = []

    def visit(name: str) -> list[str]:
        state[name] = "open"
        trail.append(name)
        for other in sorted(graph.get(name, ())):
            if state[other] == "open":
                return trail[trail.index(other) :]
            if not state[other] and (found := visit(other)):
                return found
        state[name] = "done"
        trail.pop()
        return []

    for name in sorted(graph):
        if not state[name] and (found := visit(name)):
            return found
    return []


def test_locks_name_no_registry():
    for lock in ROOT.glob("*.lock"):
        assert "://" not in lock.read_text(encoding="utf-8"), lock.name


def test_every_dependency_says_why_it_is_there():
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if re.match(r'^    "[a-z].*[~=<>]=.*",', line)]
    silent = [line for line in wanted if "#" not in line]
    assert len(wanted) > 10
    assert not silent
