"""What waits becomes budget: catalogues that were accepted, keys, amounts and periods.

Set by set, in the caller's transaction. What is stored already is not written again.
"""

from __future__ import annotations

from collections.abc import Mapping

from sigpret.apps.budget.actions.counting import (
    EXECUTED,
    MODIFICATIONS,
    brought,
    period_differs,
)
from sigpret.apps.budget.actions.keys import judge_keys, told

CLASSIFIERS = {
    "reference_fundingsource": (9, "source", "source_id"),
    "reference_financingbody": (10, "body", "body_id"),
    "reference_expenseobject": (11, "object", "object_id"),
}
CLASSIFIER = """
INSERT INTO {table} (code, name, source)
SELECT DISTINCT part[{place}], coalesce(%(names)s::jsonb #>> ARRAY['{kind}', part[{place}]],
    'Código ' || part[{place}]), %(source)s
FROM judged_key WHERE {column} IS NULL
"""
#: Level by level, so that each finds the one above; a segment 0 is no level, save a programme's.
LEVELS = (("program", 5), ("subprogram", 6), ("project", 7), ("activity", 8))
WORDS = {
    "program": "Programa",
    "subprogram": "Subprograma",
    "project": "Proyecto",
    "activity": "Actividad u obra",
}
CATEGORY = """
INSERT INTO budget_programmaticcategory
    (institution_id, fiscal_year, parent_id, kind, code, name, version)
SELECT DISTINCT ON (wanted.institution_id, wanted.part[5:{place}])
    wanted.institution_id, %(year)s, {parent}, '{kind}', wanted.part[{place}],
    coalesce(%(names)s::jsonb #>> ARRAY['category', wanted.part[2] || '-' ||
        array_to_string(wanted.part[5:{place}], '-')], '{word} ' || wanted.part[{place}]), 1
FROM judged_key wanted {join}
WHERE wanted.institution_id IS NOT NULL AND wanted.category_id IS NULL {is_level}
    AND NOT EXISTS (SELECT FROM category_path path
        WHERE path.institution_id = wanted.institution_id AND {same})
"""
LINES = f"""
INSERT INTO budget_budgetline (institution_id, fiscal_year, key, administrative_unit,
    executing_unit, category_id, funding_source_id, financing_body_id, expense_object_id,
    beneficiary, approved, modifications, balance)
SELECT judged.institution_id, %(year)s, judged.key, judged.part[3], judged.part[4],
    judged.category_id, judged.source_id, judged.body_id, judged.object_id, judged.part[12],
    row.approved, {MODIFICATIONS}, row.balance
FROM judged_key judged JOIN latest_row row USING (key) WHERE judged.line_id IS NULL
"""  # noqa: S608 - made of this file's own words
FOUND_LINES = """
UPDATE judged_key judged SET line_id = line.id
FROM budget_budgetline line WHERE judged.line_id IS NULL AND line.key = judged.key
"""
LATEST = """
CREATE TEMP TABLE latest_row ON COMMIT DROP AS
SELECT row.key, row.period, row.approved, row.modifications, row.current, row.balance
FROM budget_staged_row row JOIN judged_key judged USING (key)
WHERE row.import_id = %(import)s AND row.period = judged.latest
"""
#: What a line is worth is said by its latest period: an older file does not undo it.
CHANGED_LINES = """
UPDATE budget_budgetline line SET {sets}
FROM judged_key judged JOIN latest_row row USING (key)
WHERE line.id = judged.line_id AND ({differs})
    AND NOT EXISTS (SELECT FROM budget_lineexecution later
        WHERE later.line_id = line.id AND later.period > row.period)
"""
NEW_PERIODS = """
INSERT INTO budget_lineexecution (line_id, period, committed, accrued, paid, planned)
SELECT judged.line_id, row.period, {brought}
FROM budget_staged_row row JOIN judged_key judged USING (key)
LEFT JOIN budget_lineexecution done ON done.line_id = judged.line_id AND done.period = row.period
WHERE row.import_id = %(import)s AND done.id IS NULL
"""
#: Only what differs: a row that says the same is not even locked.
CHANGED_PERIODS = """
UPDATE budget_lineexecution done SET {sets}
FROM budget_staged_row row JOIN judged_key judged USING (key)
WHERE row.import_id = %(import)s AND done.line_id = judged.line_id AND done.period = row.period
    AND ({differs})
"""


def create_classifiers(names: str, source: str) -> int:
    """Sources, bodies and objects that no catalogue knew. `names` is JSON."""
    created = 0
    for table, (place, kind, column) in CLASSIFIERS.items():
        statement = CLASSIFIER.format(table=table, place=place, kind=kind, column=column)
        created += told(statement, {"names": names, "source": source})
    return created


def create_categories(import_id: int, year: int, names: str, *, until: str = "") -> int:
    """The categories of the network that were not there, from the programme down; `until` as
    `judge_keys` has it."""
    created = 0
    for place, (kind, segment) in enumerate(LEVELS):
        is_program = place == 0
        same = " AND ".join(
            f"path.{level} = " + (f"wanted.part[{at}]" if at <= segment else "'0'")
            for level, at in LEVELS
        )
        above = " AND ".join(
            f"above.{level} = " + (f"wanted.part[{at}]" if at < segment else "'0'")
            for level, at in LEVELS
        )
        join = (
            f"JOIN category_path above ON above.institution_id = wanted.institution_id AND {above}"
        )
        statement = CATEGORY.format(
            place=segment,
            kind=kind,
            word=WORDS[kind],
            same=same,
            parent="NULL::bigint" if is_program else "above.id",
            join="" if is_program else join,
            is_level="" if is_program else f"AND wanted.part[{segment}] <> '0'",
        )
        if made := told(statement, {"names": names, "year": year}):
            created += made
            judge_keys(import_id, year, until=until)
    return created


def store_lines(import_id: int, year: int, mapping: Mapping[str, int], *, some_there: bool) -> int:
    """New keys and what changed of those that were there; how many. `some_there`: keys of the file
    had lines before."""
    asked = {"import": import_id, "year": year}
    told("DROP TABLE IF EXISTS latest_row", asked)
    told(LATEST, asked)
    changed = told(changed_lines(mapping), asked) if some_there else 0
    made = told(LINES, asked)
    if made:
        told(FOUND_LINES, asked)
    return made + changed


def changed_lines(mapping: Mapping[str, int]) -> str:
    """The statement that rewrites the amounts the file has, where they differ."""
    said = {"approved": "row.approved"}
    if "modifications" in mapping or "current" in mapping:
        said["modifications"] = MODIFICATIONS
    if "balance" in mapping:
        said["balance"] = "row.balance"
    return CHANGED_LINES.format(
        sets=", ".join(f"{name} = {value}" for name, value in said.items()),
        differs=" OR ".join(
            f"line.{name} IS DISTINCT FROM {value}" for name, value in said.items()
        ),
    )


def store_periods(
    import_id: int, mapping: Mapping[str, int], *, is_cumulative: bool, some_there: bool
) -> int:
    """What each key executed in each period; how many rows were written. What the file does not
    carry stays as it was. `some_there`: keys of the file had lines before."""
    asked = {"import": import_id}
    amounts = {name: brought(name, is_cumulative=is_cumulative) for name in EXECUTED}
    new = NEW_PERIODS.format(brought=", ".join(amounts.values()))
    if not some_there:
        return told(new, asked)
    changed = CHANGED_PERIODS.format(
        sets=", ".join(f"{name} = {amounts[name]}" for name in EXECUTED if name in mapping),
        differs=period_differs(mapping, is_cumulative=is_cumulative),
    )
    return told(changed, asked) + told(new, asked)
