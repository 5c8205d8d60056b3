"""Where the contract is served."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
