"""Overlaps in time are found in the plane of ids and days: the same rule at a third of the cost."""

import django.contrib.postgres.constraints
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0005_circles_at_once'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='placement',
            name='organisation_placement_no_overlap',
        ),
        migrations.RemoveConstraint(
            model_name='term',
            name='organisation_term_no_overlap',
        ),
        migrations.RemoveConstraint(
            model_name='unitversion',
            name='organisation_version_no_overlap',
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.Func(models.F('unit_id'), models.Func(models.F('during'), output_field=models.IntegerField(), template="(COALESCE(lower(%(expressions)s) - DATE '2000-01-01', -2147483647))"), function='point', output_field=models.Field()), models.Func(models.F('unit_id'), models.Func(models.F('during'), output_field=models.IntegerField(), template="(COALESCE(upper(%(expressions)s) - DATE '2000-01-01', 2147483647) - 1)"), function='point', output_field=models.Field()), function='box', output_field=models.Field()), '&&')], name='organisation_placement_no_overlap'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.Func(models.F('body_id'), models.Func(models.F('during'), output_field=models.IntegerField(), template="(COALESCE(lower(%(expressions)s) - DATE '2000-01-01', -2147483647))"), function='point', output_field=models.Field()), models.Func(models.F('body_id'), models.Func(models.F('during'), output_field=models.IntegerField(), template="(COALESCE(upper(%(expressions)s) - DATE '2000-01-01', 2147483647) - 1)"), function='point', output_field=models.Field()), function='box', output_field=models.Field()), '&&')], name='organisation_term_no_overlap'),
        ),
        migrations.AddConstraint(
            model_name='unitversion',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.Func(models.F('unit_id'), models.Func(models.F('during'), output_field=models.IntegerField(), template="(COALESCE(lower(%(expressions)s) - DATE '2000-01-01', -2147483647))"), function='point', output_field=models.Field()), models.Func(models.F('unit_id'), models.Func(models.F('during'), output_field=models.IntegerField(), template="(COALESCE(upper(%(expressions)s) - DATE '2000-01-01', 2147483647) - 1)"), function='point', output_field=models.Field()), function='box', output_field=models.Field()), '&&')], name='organisation_version_no_overlap'),
        ),
    ]
