"""Long work: who asked for what, how far it is, what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nhiemky.accounts.models import User

WAITING, RUNNING, DONE, REFUSED, FAILED, INTERRUPTED = STATES = (
    "waiting", "running", "done", "refused", "failed", "interrupted",
)  # fmt: skip
UNFINISHED = (WAITING, RUNNING)


class Job(models.Model):
    """One piece of long work of one user.

    `progress` is the part done, 0 to 1. `outcome` are findings (`Finding.as_dict`) that say what came of it, `url`
    where to go on, `file` what was made, sealed and dropped after some days; a failure of ours keeps its trace in the
    server's log under the job's number.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="jobs")
    verified = models.BooleanField()
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    arguments = models.JSONField()
    state = models.CharField(max_length=12, choices=[(s, s) for s in STATES], default=WAITING)
    progress = models.FloatField(default=0)
    outcome = models.JSONField(default=list)
    url = models.CharField(max_length=300, blank=True)
    file = models.BinaryField(null=True)
    file_name = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-asked_at"], name="jobs_job_of_user")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="jobs_job_state"),
            models.CheckConstraint(condition=Q(progress__gte=0) & Q(progress__lte=1), name="jobs_job_progress"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def unfinished(self) -> bool:
        """Whether it is still worth waiting for."""
        return self.state in UNFINISHED
