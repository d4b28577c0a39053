from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

EXACT = {"max_digits": 60, "decimal_places": 30, "null": True}
FIELDS = {
    "indicatorachievement": {
        "period_value": "del periodo",
        "to_date": "a la fecha",
        "annual": "del año",
        "multi_year": "plurianual",
        "planned": "programado a la fecha",
        "executed": "ejecutado a la fecha",
    },
    "goalachievement": {"own": "propio", "contributed": "contribuido"},
}


class Migration(migrations.Migration):
    """Achievements keep every digit: rounding the children moved their parents' status."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("monitoring", "0002_immutable")]

    operations: ClassVar[list[Operation]] = [
        migrations.AlterField(model, name, models.DecimalField(label, **EXACT))
        for model, fields in FIELDS.items()
        for name, label in fields.items()
    ]
