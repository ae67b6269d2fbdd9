from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "nhiemky.proposals"
    default_auto_field = "django.db.models.BigAutoField"
