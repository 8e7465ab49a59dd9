from django.apps import AppConfig


class HubApiConfig(AppConfig):
    name = "hub_api"
    label = "hub_api"
