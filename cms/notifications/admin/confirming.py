"""Pages that ask before they do something: GET asks, POST does."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from wagtail.log_actions import log

from cms.notifications.claims import send_again
from cms.notifications.models import WebhookDelivery, WebhookEndpoint, WebhookSecret
from cms.notifications.payload import trial_body


class ConfirmingView(View):
    """Needs the change permission of ``model``. Subclasses give the words and ``act``."""

    model: type[Model] = Model
    viewset_name = ""
    icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        options = self.model._meta
        if not request.user.has_perm(f"{options.app_label}.change_{options.model_name}"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        return self.page(self.words(self.found(pk)))

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        return self.act(self.found(pk))

    def found(self, pk: int | None) -> Any:
        return None if pk is None else get_object_or_404(self.model, pk=pk)

    def words(self, row: Any) -> dict[str, Any]:
        """``title``, ``text``, ``button`` and perhaps more for the page."""
        raise NotImplementedError

    def act(self, row: Any) -> HttpResponse:
        raise NotImplementedError

    def page(self, words: dict[str, Any]) -> HttpResponse:
        back = reverse(f"{self.viewset_name}:index")
        context = {"back": back, "header_icon": self.icon, **words}
        # Every page of the admin is sent as not to be stored, the one with the secret too.
        return render(self.request, "notifications/admin/confirm.html", context)

    def done(self, message: str) -> HttpResponse:
        messages.success(self.request, message)
        return redirect(f"{self.viewset_name}:index")


class SendAgainView(ConfirmingView):
    """One delivery, or without a key all that were given up."""

    icon = "rotate"

    def words(self, row: Any) -> dict[str, Any]:
        if row is None:
            count = self.model.objects.dead().count()
            text = ngettext(
                "%(n)d was given up. Try it again?", "%(n)d were given up. Try them again?", count
            ) % {"n": count}
        else:
            text = str(row)
        return {"title": _("Send again"), "text": text, "button": _("Send again")}

    def act(self, row: Any) -> HttpResponse:
        rows = self.model.objects.dead() if row is None else self.sendable().filter(pk=row.pk)
        if row is not None:
            log(instance=row, action="notifications.send_again", user=self.request.user)
        count = send_again(rows)
        return self.done(
            ngettext("%(n)d is sent again.", "%(n)d are sent again.", count) % {"n": count}
        )

    def sendable(self) -> Any:
        """Webhooks can be replayed; a delivered mail's text is gone."""
        if self.model is WebhookDelivery:
            return self.model.objects.all()
        return self.model.objects.exclude(state=self.model.State.DELIVERED)


class SecretView(ConfirmingView):
    """Makes a secret and shows it in the answer: nowhere else, and only this once."""

    model = WebhookEndpoint
    icon = "key"

    def words(self, row: WebhookEndpoint) -> dict[str, Any]:
        live = len(row.live_secrets())
        text = (
            _("Calls are signed with the new and the present secret until the present one ends.")
            if live
            else _("Calls to this endpoint wait until it has a secret.")
        )
        return {"title": _("New secret"), "subtitle": row, "text": text, "button": _("New secret")}

    def act(self, row: WebhookEndpoint) -> HttpResponse:
        secret = WebhookSecret.rotate(row)
        log(instance=row, action="notifications.rotate_secret", user=self.request.user)
        return self.page(
            {
                "title": _("New secret"),
                "subtitle": row,
                "text": _("Copy it now: it is shown this once."),
                "secret": secret,
            }
        )


class TrialView(ConfirmingView):
    """Queues a call of type ``test``."""

    model = WebhookEndpoint
    icon = "rotate"

    def words(self, row: WebhookEndpoint) -> dict[str, Any]:
        text = _("A call of the type “test” is sent, signed like any other.")
        return {"title": _("Try it"), "subtitle": row, "text": text, "button": _("Send")}

    def act(self, row: WebhookEndpoint) -> HttpResponse:
        WebhookDelivery.objects.create(endpoint=row, body=trial_body(timezone.now()))
        log(instance=row, action="notifications.test_call", user=self.request.user)
        messages.success(self.request, _("The test call is on its way."))
        return redirect("webhook_deliveries:index")
