import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('budget', '0002_execution_waits_in_a_staging_table'),
    ]

    operations = [
        # Until now one choice was everybody's and nothing says whose it was: each points out its
        # own once more.
        migrations.RunSQL('DELETE FROM budget_columnmapping', migrations.RunSQL.noop),
        migrations.RemoveConstraint(
            model_name='columnmapping',
            name='one_mapping_per_set_of_headers',
        ),
        migrations.AddField(
            model_name='columnmapping',
            name='institution',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.institution', verbose_name='institución'),
        ),
        migrations.AddConstraint(
            model_name='columnmapping',
            constraint=models.UniqueConstraint(fields=('institution', 'headers_digest'), name='one_mapping_per_institution_and_headers', nulls_distinct=False, violation_error_message='Ya se señalaron las columnas de esos encabezados.'),
        ),
        migrations.AlterField(
            model_name='executionimport',
            name='state',
            field=models.CharField(choices=[('mapping', 'faltan columnas por señalar'), ('reading', 'leyendo'), ('review', 'por confirmar'), ('applying', 'guardando'), ('applied', 'guardada'), ('failed', 'no se pudo guardar'), ('discarded', 'descartada')], max_length=10, verbose_name='estado'),
        ),
    ]
