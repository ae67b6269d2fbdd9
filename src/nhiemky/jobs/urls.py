"""Addresses of long work."""

from __future__ import annotations

from django.urls import path

from nhiemky.jobs import views

app_name = "jobs"
urlpatterns = [
    path("jobs/", views.jobs, name="list"),
    path("jobs/<int:job_id>/", views.job, name="job"),
    path("jobs/<int:job_id>/file/", views.job_file, name="file"),
]
