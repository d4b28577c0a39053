"""What is wrong with the rows that wait: each refused one says why. One statement per reason.

Reasons are sentences of the country's language, written where they are found. A refused row
leaves the staging table for `RefusedRow`, so that what remains is what would be stored.
"""

from __future__ import annotations

from collections.abc import Mapping

from sigpret.apps.budget.actions.counting import EXECUTED, Looked, brought, period_differs
from sigpret.apps.budget.actions.keys import found, told

#: Nothing tells which of two rows of a key and period is right: none of them is taken.
REPEATED = """
UPDATE budget_staged_row row SET reason = left('la clave se repite en las líneas ' ||
    twice.lines || ': deje una sola', 300)
FROM (SELECT key, period, string_agg(line_number::text, ', ' ORDER BY line_number) AS lines
    FROM budget_staged_row WHERE import_id = %(import)s AND reason IS NULL
    GROUP BY key, period HAVING count(*) > 1) twice
WHERE row.import_id = %(import)s AND row.reason IS NULL
    AND row.key = twice.key AND row.period = twice.period
"""
UNKNOWN_INSTITUTION = """
UPDATE budget_staged_row row SET reason =
    'la institución ' || judged.part[2] || ' no está en el catálogo'
FROM judged_key judged
WHERE row.import_id = %(import)s AND row.reason IS NULL AND row.key = judged.key
    AND judged.institution_id IS NULL
"""
AMOUNTS = """
UPDATE budget_staged_row SET reason = CASE
    WHEN approved < 0 THEN 'lo aprobado es negativo: ' || approved
    WHEN approved + coalesce(modifications, current - approved, 0) < 0
        THEN 'lo vigente queda negativo: ' || approved + coalesce(modifications, current - approved)
    ELSE 'vigente ' || current || ' no es aprobado ' || approved || ' más modificaciones '
        || modifications END
WHERE import_id = %(import)s AND reason IS NULL AND (approved < 0
    OR approved + coalesce(modifications, current - approved, 0) < 0
    OR approved + modifications <> current)
"""
#: What a later period brought was taken from a sum without this one: to change it would count
#: the difference twice.
AFTERWARDS = """
UPDATE budget_staged_row row SET reason = 'la clave ya tiene ejecución de un periodo posterior: '
    'corrija éste con su propio monto, sin acumular'
FROM judged_key judged
WHERE row.import_id = %(import)s AND row.reason IS NULL AND row.key = judged.key
    AND EXISTS (SELECT FROM budget_lineexecution later WHERE later.line_id = judged.line_id
        AND later.period > row.period)
    AND NOT EXISTS (SELECT FROM budget_lineexecution done WHERE done.line_id = judged.line_id
        AND done.period = row.period AND NOT ({differs}))
"""
#: The same money told by months and by quarters would count twice.
OTHER_SPAN = """
UPDATE budget_staged_row row SET reason = 'la clave ya tiene ejecución por ' ||
    CASE WHEN row.period LIKE '%%-Q_' THEN 'mes' ELSE 'trimestre' END ||
    ': impórtela por el mismo periodo'
FROM judged_key judged
WHERE row.import_id = %(import)s AND row.reason IS NULL AND row.key = judged.key
    AND EXISTS (SELECT FROM budget_lineexecution done WHERE done.line_id = judged.line_id
        AND substr(done.period, 6, 1) <> substr(row.period, 6, 1))
"""
MIXED_SPANS = """
UPDATE budget_staged_row row SET reason = 'el archivo mezcla meses y trimestres de esta clave'
FROM (SELECT key FROM budget_staged_row WHERE import_id = %(import)s AND reason IS NULL
    GROUP BY key HAVING min(substr(period, 6, 1)) <> max(substr(period, 6, 1))) mixed
WHERE row.import_id = %(import)s AND row.reason IS NULL AND row.key = mixed.key
"""
#: A reversal is negative; a year is not.
BELOW_ZERO = """
WITH incoming AS MATERIALIZED (
    SELECT row.key, row.period, judged.line_id, {committed} AS committed, {accrued} AS accrued,
        {paid} AS paid
    FROM budget_staged_row row JOIN judged_key judged USING (key)
    WHERE row.import_id = %(import)s AND row.reason IS NULL),
suspect AS MATERIALIZED (
    SELECT DISTINCT key, line_id FROM incoming WHERE least(accrued, committed, paid) < 0),
amount AS (
    SELECT key, accrued, committed, paid FROM incoming JOIN suspect USING (key)
    UNION ALL
    SELECT suspect.key, done.accrued, done.committed, done.paid
    FROM suspect JOIN budget_lineexecution done ON done.line_id = suspect.line_id
    WHERE NOT EXISTS (SELECT FROM incoming
        WHERE incoming.key = suspect.key AND incoming.period = done.period)),
year AS (
    SELECT key, sum(accrued) AS accrued, sum(committed) AS committed, sum(paid) AS paid
    FROM amount GROUP BY key HAVING least(sum(accrued), sum(committed), sum(paid)) < 0)
UPDATE budget_staged_row row SET reason = left('la reversión deja ' || CASE
        WHEN year.accrued < 0 THEN 'lo devengado del año en ' || year.accrued
        WHEN year.committed < 0 THEN 'lo comprometido del año en ' || year.committed
        ELSE 'lo pagado del año en ' || year.paid END, 300)
FROM year JOIN judged_key judged USING (key)
WHERE row.import_id = %(import)s AND row.reason IS NULL AND row.key = year.key
    AND least({accrued}, {committed}, {paid}) < 0
"""
NOT_ACCEPTED = """
UPDATE budget_staged_row row SET reason = left('no está en el catálogo y no se aceptó crear ' ||
    concat_ws(', ',
        CASE WHEN judged.category_id IS NULL AND NOT %(categories)s
            THEN 'la categoría ' || array_to_string(judged.part[5:8], '-') END,
        CASE WHEN judged.source_id IS NULL THEN 'la fuente ' || judged.part[9] END,
        CASE WHEN judged.body_id IS NULL THEN 'el organismo ' || judged.part[10] END,
        CASE WHEN judged.object_id IS NULL THEN 'el objeto ' || judged.part[11] END), 300)
FROM judged_key judged
WHERE row.import_id = %(import)s AND row.reason IS NULL AND row.key = judged.key
    AND (judged.category_id IS NULL AND NOT %(categories)s
        OR num_nulls(judged.source_id, judged.body_id, judged.object_id) > 0
        AND NOT %(classifiers)s)
"""
SET_ASIDE = """
WITH gone AS (DELETE FROM budget_staged_row
    WHERE import_id = %(import)s AND reason IS NOT NULL RETURNING *)
INSERT INTO budget_refusedrow (execution_import_id, line_number, reason, content)
SELECT import_id, line_number, reason, coalesce(content, concat_ws(' | ', key, period, approved,
    modifications, current, committed, accrued, paid, planned, balance)) FROM gone
"""
GONE_KEYS = """
DELETE FROM judged_key judged WHERE NOT EXISTS (SELECT FROM budget_staged_row row
    WHERE row.import_id = %(import)s AND row.key = judged.key)
"""


def refuse_repeated(import_id: int) -> int:
    """Every row of a key that a period has twice, or that has months and quarters; needs
    `judge_keys` first."""
    asked, keys = {"import": import_id}, found()
    repeated = told(REPEATED, asked) if keys.some_twice else 0
    return repeated + (told(MIXED_SPANS, asked) if keys.some_mixed else 0)


def refuse_wrong(
    import_id: int, mapping: Mapping[str, int], looked: Looked, *, is_cumulative: bool
) -> int:
    """Every row that cannot be stored whatever anybody accepts; needs `judge_keys` first. Asked
    again when it is stored: the budget may have moved since."""
    asked, keys = {"import": import_id}, found()
    refused = told(UNKNOWN_INSTITUTION, asked) if keys.some_lost else 0
    refused += told(AMOUNTS, asked) if looked.some_impossible else 0
    if keys.some_line:
        refused += told(OTHER_SPAN, asked)
        if is_cumulative:
            differs = period_differs(mapping, is_cumulative=True)
            refused += told(AFTERWARDS.format(differs=differs), asked)
    if looked.some_reversed or is_cumulative:
        amounts = {name: brought(name, is_cumulative=is_cumulative) for name in EXECUTED}
        refused += told(BELOW_ZERO.format(**amounts), asked)
    return refused


def refuse_new(import_id: int, *, categories: bool, classifiers: bool) -> int:
    """The rows with codes nobody accepted to create: of the institution's network (`categories`)
    or of the country's classifiers."""
    asked = {"import": import_id, "categories": categories, "classifiers": classifiers}
    return told(NOT_ACCEPTED, asked)


def set_aside(import_id: int) -> int:
    """Refused rows leave what waits and are listed with their reason."""
    asked = {"import": import_id}
    moved = told(SET_ASIDE, asked)
    if moved:
        told(GONE_KEYS, asked)
    return moved
