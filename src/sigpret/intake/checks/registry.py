"""Every rule, by what it needs to look at; a new rule is a new file and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sigpret.intake.catalogue import Catalogue
from sigpret.intake.checks import (
    blank_production,
    code_name_disagreement,
    continuation_gap,
    continuation_text,
    duplicated_number,
    fiscal_year,
    incomplete_plan,
    incomplete_result,
    institution_header,
    near_duplicate_names,
    objective_without_result,
    print_date,
    quarterly_output,
    report_id,
    result_wording,
    semiannual_output,
    unknown_code,
)
from sigpret.intake.readers.reading import Reading
from sigpret.intake.rows import Finding, PlanDocument

ReadingRule = Callable[[Reading], Iterator[Finding]]
DocumentRule = Callable[[PlanDocument, Catalogue], Iterator[Finding]]

READING_RULES: tuple[ReadingRule, ...] = (
    report_id.check,
    institution_header.check,
    fiscal_year.check,
    print_date.check,
    continuation_text.check,
    continuation_gap.check,
    duplicated_number.check,
)
DOCUMENT_RULES: tuple[DocumentRule, ...] = (
    incomplete_plan.check,
    objective_without_result.check,
    incomplete_result.check,
    blank_production.check,
    quarterly_output.check,
    semiannual_output.check,
    near_duplicate_names.check,
    result_wording.check,
    unknown_code.check,
    code_name_disagreement.check,
)


def check_reading(reading: Reading) -> tuple[Finding, ...]:
    """What the pages say about each other; an error here refuses the file."""
    return _by_line(finding for rule in READING_RULES for finding in rule(reading))


def check(document: PlanDocument, catalogue: Catalogue | None = None) -> tuple[Finding, ...]:
    """What a planner should look at in a plan that could be read; warnings only, by line."""
    known = catalogue or Catalogue()
    return _by_line(finding for rule in DOCUMENT_RULES for finding in rule(document, known))


def _by_line(findings: Iterator[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.line or 0))
