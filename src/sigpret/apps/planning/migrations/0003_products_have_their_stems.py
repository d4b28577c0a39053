"""Every product that was there before the search is found by its words too."""

from django.db import migrations

from sigpret.web.search import stems

BATCH = 2_000


def fill(apps, schema_editor):
    products = apps.get_model("planning", "Product").objects.filter(stems="")
    rows = []
    for product in products.only("pk", "name").iterator(chunk_size=BATCH):
        product.stems = stems(product.name)
        rows.append(product)
        if len(rows) == BATCH:
            products.model.objects.bulk_update(rows, ["stems"])
            rows.clear()
    products.model.objects.bulk_update(rows, ["stems"])


class Migration(migrations.Migration):
    dependencies = [("planning", "0002_found_by_words")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
