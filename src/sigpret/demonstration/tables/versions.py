"""The published versions of the matrix, and the counts behind the computed indicators."""

import json
from datetime import datetime
from typing import Any

from django.db import connection

from sigpret.apps.accounts.models import User
from sigpret.apps.results.actions.publishing import keep_version
from sigpret.apps.results.queries.versions import current_content
from sigpret.demonstration.quarters import TEGUCIGALPA

FIRST = datetime(2026, 1, 22, 10, 0, tzinfo=TEGUCIGALPA)
SECOND = datetime(2026, 3, 12, 15, 30, tzinfo=TEGUCIGALPA)
#: One of so many goals read otherwise in the first version, or was not there yet.
ONE_REWORDED_OF, ONE_NEW_OF, ONE_SINCE_OF = 40, 180, 300
# Percentages have one decimal, so that thousands of cases give it exactly; every other quarter
# has twice as many, which is why the year is not the mean of its quarters.
AMOUNTS = """
INSERT INTO monitoring_variableamount (value_id, variable_id, amount)
SELECT value.id, variable.id, CASE variable.name
    WHEN 'programados' THEN cases.total ELSE coalesce(value.value, 0) * cases.total / 100 END
FROM monitoring_reportedvalue value
JOIN results_indicatorvariable variable ON variable.indicator_id = value.indicator_id
CROSS JOIN LATERAL (
    SELECT CASE WHEN value.has_no_denominator THEN 0
        WHEN right(value.period, 1) IN ('2', '4') THEN 2000 ELSE 1000 END AS total) cases
WHERE value.value IS NOT NULL OR value.has_no_denominator
"""


def store_amounts() -> None:
    """What was counted behind every percentage of a computed indicator."""
    with connection.cursor() as cursor:
        cursor.execute(AMOUNTS)


def store_versions(publisher: User) -> None:
    """The matrix as it was first published, as it was published again, and since then some
    changes nobody has published yet."""
    content = current_content()
    codes = sorted(content)
    second: dict[str, Any] = json.loads(json.dumps(content))
    for code in codes[5::ONE_SINCE_OF]:
        second[code]["cells"]["means_of_verification"] = "Informe anual (ficticio)"
    first: dict[str, Any] = json.loads(json.dumps(second))
    for code in codes[3::ONE_REWORDED_OF]:
        cells = first[code]["cells"]
        cells["text"] = f"{cells['text']} (redacción inicial)"
        cells["is_prioritised"] = not cells["is_prioritised"]
        for link in first[code]["links"]:
            link["weight"] = "10"
    for code in codes[20::ONE_NEW_OF]:
        del first[code]
    keep_version(1, first, actor=publisher, note="Primera versión de la matriz 2026", at=FIRST)
    note = "Redacción y pesos revisados con las mesas; metas nuevas de cuatro instituciones"
    keep_version(2, second, actor=publisher, note=note, at=SECOND)
