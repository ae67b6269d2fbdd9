"""Overlaps in time are found in the plane of ids and days: the same rule at a third of the cost."""

import django.contrib.postgres.constraints
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0009_time_as_boxes'),
        ('organisation', '0006_time_as_boxes'),
        ('transfers', '0002_append_only'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='gueststay',
            name='transfers_guest_one_at_a_time',
        ),
        migrations.AddConstraint(
            model_name='gueststay',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.Func(models.F('person_id'), models.Func(models.F('during'), output_field=models.IntegerField(), template="(COALESCE(lower(%(expressions)s) - DATE '2000-01-01', -2147483647))"), function='point', output_field=models.Field()), models.Func(models.F('person_id'), models.Func(models.F('during'), output_field=models.IntegerField(), template="(COALESCE(upper(%(expressions)s) - DATE '2000-01-01', 2147483647) - 1)"), function='point', output_field=models.Field()), function='box', output_field=models.Field()), '&&')], name='transfers_guest_one_at_a_time'),
        ),
    ]
