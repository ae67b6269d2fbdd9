"""Overlaps in time are found in the plane of ids and days: the same rule at a third of the cost."""

import django.contrib.postgres.constraints
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0008_ground'),
        ('organisation', '0006_time_as_boxes'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='seat',
            name='members_seat_one_secretary',
        ),
        migrations.RemoveConstraint(
            model_name='stay',
            name='members_stay_no_overlap',
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('post', 'secretary')), expressions=[(models.Func(models.Func(models.F('term_id'), models.Func(models.F('during'), output_field=models.IntegerField(), template="(COALESCE(lower(%(expressions)s) - DATE '2000-01-01', -2147483647))"), function='point', output_field=models.Field()), models.Func(models.F('term_id'), models.Func(models.F('during'), output_field=models.IntegerField(), template="(COALESCE(upper(%(expressions)s) - DATE '2000-01-01', 2147483647) - 1)"), function='point', output_field=models.Field()), function='box', output_field=models.Field()), '&&')], name='members_seat_one_secretary'),
        ),
        migrations.AddConstraint(
            model_name='stay',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.Func(models.F('person_id'), models.Func(models.F('during'), output_field=models.IntegerField(), template="(COALESCE(lower(%(expressions)s) - DATE '2000-01-01', -2147483647))"), function='point', output_field=models.Field()), models.Func(models.F('person_id'), models.Func(models.F('during'), output_field=models.IntegerField(), template="(COALESCE(upper(%(expressions)s) - DATE '2000-01-01', 2147483647) - 1)"), function='point', output_field=models.Field()), function='box', output_field=models.Field()), '&&')], name='members_stay_no_overlap'),
        ),
    ]
