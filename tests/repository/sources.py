"""The product's own source files, parsed once."""

import ast
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"


@dataclass(frozen=True)
class Module:
    path: Path

    @property
    def name(self) -> str:
        parts = self.path.relative_to(SRC).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def imports(self) -> set[str]:
        """Modules of the product imported at the top level (type-only imports aside)."""
        found: set[str] = set()
        for node in self.tree.body:
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module)
                found.update(f"{node.module}.{alias.name}" for alias in node.names)
        return {name for name in found if name.startswith("sigpret")}


@lru_cache
def modules() -> tuple[Module, ...]:
    """Every Python file of the product, migrations aside."""
    found = sorted((SRC / "sigpret").rglob("*.py"))
    return tuple(Module(path) for path in found if "migrations" not in path.parts)


@lru_cache
def templates() -> tuple[Path, ...]:
    return tuple(sorted((SRC / "sigpret").rglob("templates/**/*.*")))
