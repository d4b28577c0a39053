"""The keys of an import beside what the database knows: whose they are, what they classify.

`judged_key` is a table of the transaction: one row per distinct key that is not refused, with the
ids of what its segments name, null where no catalogue knows the code, the latest period the file
tells of it, whether one of them may be there twice or months beside quarters and, beside a file
that adds up since January, what was executed before its period. Codes are compared without
padding, as SIAFI publishes them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import connection

#: As `intake.execution.keys.unpadded` does: only a number has padding, «0A1» is another code.
BARE = "CASE WHEN {0} ~ '^[0-9]+$' THEN coalesce(nullif(ltrim({0}, '0'), ''), '0') ELSE {0} END"


def bare(column: str) -> str:
    """A code without its padding, in SQL."""
    return BARE.format(column)


def known(table: str) -> str:
    """In SQL: the ids of a catalogue by their bare code; of two that are one, the shortest."""
    return (
        f"(SELECT DISTINCT ON (code) code, id FROM (SELECT {bare('code')} AS code, id,"  # noqa: S608
        f" length(code) AS long FROM {table}) padded ORDER BY code, long, id)"
    )


#: Every category with its four segments: what stands at no level is 0.
PATHS = f"""
CREATE TEMP TABLE category_path ON COMMIT DROP AS
WITH RECURSIVE path AS (
    SELECT id, institution_id, fiscal_year, {bare("code")} AS program,
        '0' AS subprogram, '0' AS project, '0' AS activity
    FROM budget_programmaticcategory WHERE parent_id IS NULL AND fiscal_year = %(year)s
    UNION ALL
    SELECT child.id, child.institution_id, child.fiscal_year, above.program,
        CASE WHEN kind = 'subprogram' THEN {bare("child.code")} ELSE above.subprogram END,
        CASE WHEN kind = 'project' THEN {bare("child.code")} ELSE above.project END,
        CASE WHEN kind = 'activity' THEN {bare("child.code")} ELSE above.activity END
    FROM budget_programmaticcategory child JOIN path above ON above.id = child.parent_id)
SELECT DISTINCT ON (institution_id, program, subprogram, project, activity) * FROM path
ORDER BY institution_id, program, subprogram, project, activity, id
"""  # noqa: S608 - no value of anybody is written into it

KEYS = f"""
CREATE TEMP TABLE judged_key ON COMMIT DROP AS
WITH told AS MATERIALIZED (
    SELECT key, max(period COLLATE "C") AS latest,
        sum(1 << substr(period, 7)::int) <> bit_or(1 << substr(period, 7)::int) AS maybe_twice,
        bool_or(substr(period, 6, 1) = 'M') <> bool_and(substr(period, 6, 1) = 'M') AS is_mixed
    FROM budget_staged_row
    WHERE import_id = %(import)s AND reason IS NULL GROUP BY key),
asked AS (SELECT *, string_to_array(key, '-') AS part FROM told)
SELECT asked.key, asked.part, asked.latest, asked.maybe_twice, asked.is_mixed,
    place.id AS institution_id, source.id AS source_id,
    body.id AS body_id, object.id AS object_id, path.id AS category_id, line.id AS line_id,
    0.00 AS before_committed, 0.00 AS before_accrued, 0.00 AS before_paid, 0.00 AS before_planned
FROM asked
LEFT JOIN {known("institutions_institution")} place ON place.code = asked.part[2]
LEFT JOIN {known("reference_fundingsource")} source ON source.code = asked.part[9]
LEFT JOIN {known("reference_financingbody")} body ON body.code = asked.part[10]
LEFT JOIN {known("reference_expenseobject")} object ON object.code = asked.part[11]
LEFT JOIN category_path path ON path.institution_id = place.id
    AND path.program = asked.part[5] AND path.subprogram = asked.part[6]
    AND path.project = asked.part[7] AND path.activity = asked.part[8]
LEFT JOIN budget_budgetline line ON line.key = asked.key
"""  # noqa: S608


#: Of a file that comes added up: the rest is what its period brought.
BEFORE = """
UPDATE judged_key judged SET before_committed = done.committed, before_accrued = done.accrued,
    before_paid = done.paid, before_planned = done.planned
FROM (SELECT judged.key, sum(done.committed) AS committed, sum(done.accrued) AS accrued,
        sum(done.paid) AS paid, coalesce(sum(done.planned), 0) AS planned
    FROM judged_key judged JOIN budget_lineexecution done ON done.line_id = judged.line_id
    WHERE done.period < %(until)s GROUP BY judged.key) done
WHERE judged.key = done.key
"""
FOUND = """
SELECT coalesce(bool_or(line_id IS NOT NULL), false),
    coalesce(bool_or(institution_id IS NULL), false),
    coalesce(bool_or(num_nulls(category_id, source_id, body_id, object_id) > 0), false),
    coalesce(bool_or(maybe_twice), false), coalesce(bool_or(is_mixed), false)
FROM judged_key
"""


class Found(NamedTuple):
    """What is known of the keys: has some a line already, is some of an institution that is not
    in the catalogue, has some a code that no other catalogue knows, may some have a period twice,
    has some months and quarters?"""

    some_line: bool
    some_lost: bool
    some_new: bool
    some_twice: bool
    some_mixed: bool


def judge_keys(import_id: int, year: int, *, until: str = "") -> None:
    """Make `judged_key` (again) for this transaction. `until`: the period of a file that comes
    added up since January, empty for any other."""
    asked: dict[str, Any] = {"import": import_id, "year": year, "until": until}
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS judged_key, category_path")
        cursor.execute(PATHS, asked)
        cursor.execute("ANALYZE category_path")
        cursor.execute(KEYS, asked)
        if until:
            cursor.execute(BEFORE, asked)
        cursor.execute("ANALYZE judged_key (key, line_id)")


def found() -> Found:
    """What `judge_keys` came to."""
    return Found(*asked_of(FOUND, {})[0])


def room_to_work() -> None:
    """More memory than a page's statement for the sorts and joins of this transaction, and a
    shorter look at tables that were just made."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '96MB'")
        cursor.execute("SET LOCAL default_statistics_target = 10")


def asked_of(statement: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def told(statement: str, asked: dict[str, Any]) -> int:
    """Run a statement; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return int(cursor.rowcount)
