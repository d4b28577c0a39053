"""Every goal that was there before the search is found by its words too."""

from django.db import migrations

from sigpret.web.search import stems

BATCH = 2_000


def fill(apps, schema_editor):
    goals = apps.get_model("results", "Goal").objects.filter(stems="")
    rows = []
    for goal in goals.only("pk", "text").iterator(chunk_size=BATCH):
        goal.stems = stems(goal.text)
        rows.append(goal)
        if len(rows) == BATCH:
            goals.model.objects.bulk_update(rows, ["stems"])
            rows.clear()
    goals.model.objects.bulk_update(rows, ["stems"])


class Migration(migrations.Migration):
    dependencies = [("results", "0002_complete_sheet_and_versions")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
