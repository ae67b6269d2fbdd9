from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "nhiemky.exchange"
    default_auto_field = "django.db.models.BigAutoField"
