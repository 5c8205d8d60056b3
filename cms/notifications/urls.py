"""Where the links in alert mails lead."""

from django.urls import path

from cms.notifications.alerts import views

urlpatterns = [
    path("alerts/confirm/<str:token>", views.confirm_alerts, name="confirm_alerts"),
    path("alerts/unsubscribe/<str:token>", views.unsubscribe_alerts, name="unsubscribe_alerts"),
]
