"""Addresses of quality."""

from __future__ import annotations

from django.urls import path

from nhiemky.quality.views import people, same, workbench

app_name = "quality"
urlpatterns = [
    path("quality/", workbench.home, name="home"),
    path("quality/duplicates/", same.duplicates, name="duplicates"),
    path("quality/units/<str:code>/", workbench.unit, name="unit"),
    path("quality/units/<str:code>/cases/", workbench.case_list, name="cases"),
    path("quality/units/<str:code>/confirm/", workbench.confirm, name="confirm"),
    path("quality/people/<int:person_id>/", people.person, name="person"),
    path("quality/people/<int:person_id>/same/", same.same, name="same"),
    path("quality/people/<int:person_id>/accept/<str:rule>/", people.accept, name="accept"),
]
