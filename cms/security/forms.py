"""The admin's login and password-reset forms, throttled.

Invariant: an answer never tells whether an account exists.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm, PasswordResetForm

from cms.security import throttling
from cms.security.client_address import client_address


class ThrottledLoginForm(LoginForm):
    """Five wrong passwords for a name, or twenty in all, from one address in 15 minutes."""

    error_messages = {
        **LoginForm.error_messages,
        "throttled": _("Too many attempts. Try again in a quarter of an hour."),
    }

    def clean(self) -> dict[str, Any]:
        address = client_address(self.request.META)
        username = self.cleaned_data.get("username") or ""
        # Asked before the password is looked at: a right guess helps nobody who guesses.
        if throttling.login_refused(address, username):
            raise ValidationError(self.error_messages["throttled"], code="throttled")
        try:
            cleaned = super().clean()
        except ValidationError:
            throttling.login_failed(address, username)
            raise
        if self.user_cache is not None:
            throttling.login_succeeded(address, username)
        return cleaned


class ThrottledPasswordResetForm(PasswordResetForm):
    """Three mails an account and ten requests a client an hour; always the same answer."""

    def save(self, *args: Any, request: Any = None, **kwargs: Any) -> None:
        address = client_address(request.META if request is not None else {})
        if throttling.reset_allowed(address, self.cleaned_data["email"]):
            super().save(*args, request=request, **kwargs)
