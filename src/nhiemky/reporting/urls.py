"""Addresses of figures, reviews, charts and targets."""

from __future__ import annotations

from django.urls import path

from nhiemky.reporting.views import figures, home, pictures, reviews, targets

app_name = "reporting"
urlpatterns = [
    path("", home.home, name="home"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<str:key>/", figures.figure, name="figure"),
    path("figures/<str:key>/rows/", figures.rows, name="rows"),
    path("figures/<str:key>/rows.xlsx", figures.rows_file, name="rows_file"),
    path("review/", reviews.choose, name="review"),
    path("review/<str:code>/<int:year>/", reviews.review, name="review"),
    path("review/<str:code>/<int:year>/review.<str:kind>", reviews.review_file, name="review_file"),
    path("charts/<str:code>/<int:year>/<str:key>.svg", pictures.chart, name="chart"),
    path("targets/", targets.targets, name="targets"),
]
