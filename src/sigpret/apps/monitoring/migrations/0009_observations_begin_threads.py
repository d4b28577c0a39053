"""What was written when a datum was returned becomes the first word of its thread."""

from typing import ClassVar

from django.db import migrations

BEGIN = """
INSERT INTO monitoring_comment (value_id, kind, text, author_id, written_at, is_from_review)
SELECT value.id, 'observation', value.observation, value.decided_by_id, value.decided_at, true
FROM monitoring_reportedvalue value
WHERE value.observation <> '' AND value.state <> 'validated'
AND value.decided_by_id IS NOT NULL AND value.decided_at IS NOT NULL
AND NOT EXISTS (SELECT FROM monitoring_comment said WHERE said.value_id = value.id)
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("monitoring", "0008_reviews_are_taken")]
    operations: ClassVar = [migrations.RunSQL(BEGIN, migrations.RunSQL.noop)]
