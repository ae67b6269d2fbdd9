from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "nhiemky.reporting"
    default_auto_field = "django.db.models.BigAutoField"
