"""What would happen if an import were stored now: how many rows, which sums, which new codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sigpret.apps.budget.actions.keys import asked_of, found

#: Shown in a preview; more than these are counted.
MOST_SHOWN = 200
MONEY = (
    "approved", "modifications", "current", "committed", "accrued", "paid", "planned", "balance",
)  # fmt: skip
EXECUTED = ("committed", "accrued", "paid", "planned")

COUNTED = """
SELECT count(*) FILTER (WHERE done.id IS NULL),
    count(*) FILTER (WHERE done.id IS NOT NULL AND ({differs})),
    count(*)
FROM budget_staged_row row JOIN judged_key judged USING (key)
LEFT JOIN budget_budgetline line ON line.id = judged.line_id
LEFT JOIN budget_lineexecution done ON done.line_id = judged.line_id AND done.period = row.period
WHERE row.import_id = %(import)s
"""
WAITING = "SELECT count(*) FROM budget_staged_row WHERE import_id = %(import)s"
#: One look instead of three: is there an amount that cannot be, or a reversal? And the sums.
LOOK = """
SELECT coalesce(bool_or(approved < 0
        OR approved + coalesce(modifications, current - approved, 0) < 0
        OR coalesce(approved + modifications <> current, false)), false),
    coalesce(bool_or(least(accrued, committed, paid) < 0), false), {sums}
FROM budget_staged_row WHERE import_id = %(import)s
"""
NEW = {
    "category": """
        SELECT part[2] || '-' || array_to_string(part[5:8], '-'), count(*) FROM judged_key
        WHERE institution_id IS NOT NULL AND category_id IS NULL GROUP BY 1 ORDER BY 1""",
    "source": """
        SELECT part[9], count(*) FROM judged_key WHERE source_id IS NULL GROUP BY 1 ORDER BY 1""",
    "body": """
        SELECT part[10], count(*) FROM judged_key WHERE body_id IS NULL GROUP BY 1 ORDER BY 1""",
    "object": """
        SELECT part[11], count(*) FROM judged_key WHERE object_id IS NULL GROUP BY 1 ORDER BY 1""",
}


class Looked(NamedTuple):
    """Has some row an amount that cannot be, has some a negative execution, and the sum of each
    amount as text; None where the file has none."""

    some_impossible: bool
    some_reversed: bool
    sums: dict[str, str | None]


def count_rows(
    import_id: int, mapping: Mapping[str, int], *, is_cumulative: bool
) -> tuple[int, int, int]:
    """Rows that are new, that change something and that say what is stored."""
    if not found().some_line:
        return waiting(import_id), 0, 0
    statement = COUNTED.format(differs=difference(mapping, is_cumulative=is_cumulative))
    ((new, changed, total),) = asked_of(statement, {"import": import_id})
    return new, changed, total - new - changed


def brought(name: str, *, is_cumulative: bool) -> str:
    """In SQL: what a row says its period brought, of a column of LineExecution. The row keeps what
    the file says: what came before (`judged_key`) is taken away here, whenever it is asked."""
    said = f"row.{name} - judged.before_{name}" if is_cumulative else f"row.{name}"
    return said if name == "planned" else f"coalesce({said}, 0)"


def period_differs(mapping: Mapping[str, int], *, is_cumulative: bool) -> str:
    """In SQL: does the row say of its period what `done` does not? What the file lacks it does not
    say."""
    return " OR ".join(
        f"{brought(name, is_cumulative=is_cumulative)} IS DISTINCT FROM done.{name}"
        for name in EXECUTED
        if name in mapping
    )


def difference(mapping: Mapping[str, int], *, is_cumulative: bool) -> str:
    """In SQL: does the row say something that is not stored? What the line itself says belongs to
    its latest period."""
    line = ["row.approved <> line.approved"]
    if "modifications" in mapping or "current" in mapping:
        line.append(f"{MODIFICATIONS} <> line.modifications")
    if "balance" in mapping:
        line.append("row.balance IS DISTINCT FROM line.balance")
    latest = (
        "NOT EXISTS (SELECT FROM budget_lineexecution later WHERE later.line_id = line.id"
        " AND later.period > row.period) AND NOT EXISTS (SELECT FROM budget_staged_row later"
        " WHERE later.import_id = row.import_id AND later.key = row.key"
        " AND later.period > row.period)"
    )
    differs = period_differs(mapping, is_cumulative=is_cumulative)
    return f"{differs} OR (({' OR '.join(line)}) AND {latest})"


#: In SQL: what changed since it was approved, said or left to be worked out.
MODIFICATIONS = "coalesce(row.modifications, row.current - row.approved, 0)"


def waiting(import_id: int) -> int:
    """Rows of an import in the staging table."""
    return int(asked_of(WAITING, {"import": import_id})[0][0])


def look_at_rows(import_id: int) -> Looked:
    """What the amounts of the rows that wait say together."""
    sums = ", ".join(f"sum({name})::text" for name in MONEY)
    ((impossible, reversed_, *added),) = asked_of(LOOK.format(sums=sums), {"import": import_id})
    return Looked(impossible, reversed_, dict(zip(MONEY, added, strict=True)))


def new_codes(names: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Codes no catalogue knows, with what the file calls them and how many keys have them:
    {"object": {"count": 2, "codes": [["99999", "Nombre", 14], …]}, …}."""
    new: dict[str, Any] = {}
    for kind, statement in NEW.items():
        rows = asked_of(statement, {})
        if rows:
            called = names.get(kind, {})
            codes = [[code, name_of(kind, code, called), keys] for code, keys in rows]
            new[kind] = {"count": len(codes), "codes": codes}
    return new


def name_of(kind: str, code: str, called: Mapping[str, str]) -> str:
    """What the file calls it: a category by its path without the levels it does not have."""
    if kind != "category":
        return called.get(code, "")
    parts = code.split("-")
    while len(parts) > 2 and parts[-1] == "0":
        parts.pop()
    return called.get("-".join(parts), "")
