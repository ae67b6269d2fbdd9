from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "nhiemky.organisation"
    default_auto_field = "django.db.models.BigAutoField"
