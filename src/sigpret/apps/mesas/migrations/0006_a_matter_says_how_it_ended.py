"""How a matter ended: fulfilled, or withdrawn before anybody decided."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("mesas", "0005_a_decision_shows_its_evidence")]
    operations: ClassVar = [
        migrations.RemoveConstraint("escalation", "a_fulfilled_decision_says_when_and_how"),
        migrations.RenameField("escalation", "fulfilment", "outcome"),
        migrations.AlterField(
            model_name="escalation",
            name="outcome",
            field=models.TextField(blank=True, verbose_name="cómo terminó"),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "fulfilled"), _negated=True)
                | models.Q(
                    ("fulfilled_on__isnull", False),
                    models.Q(("outcome", ""), _negated=True),
                ),
                name="a_fulfilled_decision_says_when_and_how",
                violation_error_message="Escriba el día y cómo se cumplió.",
            ),
        ),
    ]
