from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "nhiemky.regulations"
    default_auto_field = "django.db.models.BigAutoField"
