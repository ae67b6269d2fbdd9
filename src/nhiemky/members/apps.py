from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "nhiemky.members"
    default_auto_field = "django.db.models.BigAutoField"
