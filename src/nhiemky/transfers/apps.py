from django.apps import AppConfig


class TransfersConfig(AppConfig):
    name = "nhiemky.transfers"
    default_auto_field = "django.db.models.BigAutoField"
