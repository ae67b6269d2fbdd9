from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "nhiemky.statistics"
    default_auto_field = "django.db.models.BigAutoField"
