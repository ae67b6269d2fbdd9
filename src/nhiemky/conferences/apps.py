from django.apps import AppConfig


class ConferencesConfig(AppConfig):
    name = "nhiemky.conferences"
    default_auto_field = "django.db.models.BigAutoField"
