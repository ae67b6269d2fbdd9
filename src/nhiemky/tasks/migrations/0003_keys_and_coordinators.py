"""Reorganisations: key tasks of one rank, coordinating units; the number of a cancelled key task is free again."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("tasks", "0002_append_only")]
    operations = [
        migrations.RemoveConstraint("move", "tasks_move_once"),
        migrations.RemoveConstraint("task", "tasks_key_once"),
        migrations.AddField("move", "key_rank", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("move", "key_year", models.PositiveSmallIntegerField(null=True)),
        migrations.AlterField(
            "move", "side", models.CharField(choices=[(s, s) for s in ("doer", "giver", "along")], max_length=5)
        ),
        migrations.AddConstraint(
            "move",
            models.UniqueConstraint(fields=["task", "reorganisation", "side", "before"], name="tasks_move_once"),
        ),
        migrations.AddConstraint(
            "task",
            models.UniqueConstraint(
                fields=["giver", "key_year", "key_rank"], condition=~Q(state="cancelled"), name="tasks_key_once"
            ),
        ),
    ]
