from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "nhiemky.accounts"
    default_auto_field = "django.db.models.BigAutoField"
