from django.apps import AppConfig


class AdmissionsConfig(AppConfig):
    name = "nhiemky.admissions"
    default_auto_field = "django.db.models.BigAutoField"
