"""Why a file is refused, gathered while reading so that one upload shows every reason."""

from __future__ import annotations

from dataclasses import dataclass, field

from sigpret.intake.rows import Finding, error

SHOWN_AT_MOST = 100


class RefusalError(Exception):
    """The file cannot be read; `findings` says where and why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(findings[0].message)
        self.findings = findings


@dataclass
class Problems:
    """Errors in the order found; a hostile file must not fill the memory with its own errors."""

    shown: list[Finding] = field(default_factory=list)
    hidden: int = 0

    def add(self, rule: str, line: int, message: str) -> None:
        """Note one more error."""
        if len(self.shown) < SHOWN_AT_MOST:
            self.shown.append(error(rule, line, message))
        else:
            self.hidden += 1

    def raise_if_any(self) -> None:
        """Raise RefusalError with every error noted, by line."""
        if not self.shown:
            return
        raise RefusalError(*shortened(self.shown, self.hidden))


def shortened(errors: list[Finding], hidden: int = 0) -> list[Finding]:
    """The first errors by line, and one more that counts the rest."""
    ordered = sorted(errors, key=lambda finding: finding.line or 0)
    hidden += max(0, len(ordered) - SHOWN_AT_MOST)
    if not hidden:
        return ordered
    message = f"Hay {hidden} problemas más; corrija los primeros y vuelva a subirlo."
    return [*ordered[:SHOWN_AT_MOST], error("too_many_problems", None, message)]
