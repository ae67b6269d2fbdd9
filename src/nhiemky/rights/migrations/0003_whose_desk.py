"""On whose desk a request lies and lay, and what the register said when it was made."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

_OPEN = ("made", "acknowledged")
_ANSWERED = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE rights_request r SET answered_unit_id = p.last_unit_id FROM members_person p
WHERE p.id = r.person_id AND r.state NOT IN ('made', 'acknowledged');
SET CONSTRAINTS ALL DEFERRED
"""


def _unit() -> models.ForeignKey:
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0008_ground"),
        ("organisation", "0005_circles_at_once"),
        ("rights", "0002_one_door"),
    ]

    operations = [
        migrations.AddField("request", "addressed_unit", _unit()),
        migrations.AddField("request", "answered_unit", _unit()),
        migrations.AddField("request", "before", models.CharField(blank=True, db_default="", max_length=200)),
        migrations.RunSQL(_ANSWERED, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "request",
            models.CheckConstraint(
                condition=Q(state__in=_OPEN, answered_unit__isnull=True)
                | ~Q(state__in=_OPEN) & Q(answered_unit__isnull=False),
                name="rights_request_answered_unit",
            ),
        ),
    ]
