"""What would happen if an import were stored now: how many rows, which sums, which new codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sigpret.apps.budget.actions.keys import asked_of

#: Shown in a preview; more than these are counted.
MOST_SHOWN = 200
MONEY = (
    "approved", "modifications", "current", "committed", "accrued", "paid", "planned", "balance",
)  # fmt: skip

COUNTED = """
SELECT count(*) FILTER (WHERE done.id IS NULL),
    count(*) FILTER (WHERE done.id IS NOT NULL AND ({differs})),
    count(*)
FROM budget_staged_row row JOIN judged_key judged USING (key)
LEFT JOIN budget_budgetline line ON line.id = judged.line_id
LEFT JOIN budget_lineexecution done ON done.line_id = judged.line_id AND done.period = row.period
WHERE row.import_id = %(import)s
"""
SUMS = """
SELECT {sums} FROM budget_staged_row WHERE import_id = %(import)s
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


def count_rows(import_id: int, mapping: Mapping[str, int]) -> tuple[int, int, int]:
    """Rows that are new, that change something and that say what is stored."""
    statement = COUNTED.format(differs=difference(mapping))
    ((new, changed, total),) = asked_of(statement, {"import": import_id})
    return new, changed, total - new - changed


def difference(mapping: Mapping[str, int]) -> str:
    """In SQL: does the row say of its period what is not stored? What the file lacks it does not
    say; what the line itself says belongs to its latest period."""
    parts = [
        f"coalesce(row.{name}, 0) IS DISTINCT FROM done.{name}"
        for name in ("committed", "accrued", "paid")
        if name in mapping
    ]
    if "planned" in mapping:
        parts.append("row.planned IS DISTINCT FROM done.planned")
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
    return f"{' OR '.join(parts)} OR (({' OR '.join(line)}) AND {latest})"


#: In SQL: what changed since it was approved, said or left to be worked out.
MODIFICATIONS = "coalesce(row.modifications, row.current - row.approved, 0)"


def sums_of(import_id: int) -> dict[str, str | None]:
    """The sum of each amount over the rows that wait, as text; None where the file has none."""
    sums = ", ".join(f"sum({name})::text" for name in MONEY)
    ((*found,),) = asked_of(SUMS.format(sums=sums), {"import": import_id})
    return dict(zip(MONEY, found, strict=True))


def new_codes(names: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Codes no catalogue knows, with what the file calls them and how many keys have them:
    {"object": {"count": 2, "codes": [["99999", "Nombre", 14], …]}, …}."""
    found: dict[str, Any] = {}
    for kind, statement in NEW.items():
        rows = asked_of(statement, {})
        if rows:
            called = names.get(kind, {})
            codes = [[code, name_of(kind, code, called), keys] for code, keys in rows]
            found[kind] = {"count": len(codes), "codes": codes}
    return found


def name_of(kind: str, code: str, called: Mapping[str, str]) -> str:
    """What the file calls it: a category by its path without the levels it does not have."""
    if kind != "category":
        return called.get(code, "")
    parts = code.split("-")
    while len(parts) > 2 and parts[-1] == "0":
        parts.pop()
    return called.get("-".join(parts), "")
