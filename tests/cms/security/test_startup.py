"""Production is started by a good environment, and by no other."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured

from cms.security.startup import refuse_unsafe_start

ROOT = Path(django_settings.BASE_DIR)
GOOD = {
    "DJANGO_SETTINGS_MODULE": "cms.settings.production",
    "SECRET_KEY": "k3-7uQ" * 10,
    "ALLOWED_HOSTS": "hub.example.org",
    "ADMIN_BASE_URL": "https://hub.example.org",
}


def run(tmp_path, *command, **environment):
    """Run Python with a good environment for production, changed by ``environment``."""
    variables = {
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        **GOOD,
        "DATABASE_URL": f"sqlite:///{tmp_path}/production.sqlite3",
        **environment,
    }
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=variables, capture_output=True, text=True
    )


def test_the_deployment_check_finds_nothing(tmp_path):
    done = run(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "INFO")

    assert (done.returncode, done.stdout) == (
        0,
        "System check identified no issues (1 silenced).\n",
    ), done.stderr


def test_a_good_environment_starts(tmp_path):
    printed = "; ".join(
        ("import cms.wsgi", "a = cms.wsgi.application", *["print(a)", "a = a.application"] * 3)
    )
    done = run(tmp_path, "-c", printed)

    names = [line.split()[0].split(".")[-1] for line in done.stdout.splitlines()]
    assert names == ["TrustedProxyHeaders", "AnswerCache", "WholeRequests"], done.stderr


def test_a_proxy_that_is_no_address_does_not_start(tmp_path):
    done = run(tmp_path, "-c", "import cms.wsgi", TRUSTED_PROXIES="10.0.0.0/8, balancer")

    assert done.returncode != 0
    assert done.stderr.splitlines()[-1].endswith(
        "TRUSTED_PROXIES must list addresses or networks, not 'balancer'."
    )


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "development-only-not-a-secret-but-long-enough"}, "SECRET_KEY"),
    ],
)
def test_a_known_secret_does_not_start(tmp_path, environment, reason):
    done = run(tmp_path, "-c", "import cms.wsgi", **environment)

    assert done.returncode != 0
    assert reason in done.stderr.splitlines()[-1]


@pytest.fixture
def production(settings):
    settings.LAMPLIGHT_REFUSE_UNSAFE_START = True
    settings.SECRET_KEY = GOOD["SECRET_KEY"]
    return settings


@pytest.mark.django_db
def test_a_demo_password_does_not_start(production):
    refuse_unsafe_start()
    get_user_model().objects.create_user("editor", password="editor")

    with pytest.raises(ImproperlyConfigured, match="The account editor has its demo password"):
        refuse_unsafe_start()


@pytest.mark.django_db
def test_debug_does_not_start(production):
    production.DEBUG = True

    with pytest.raises(ImproperlyConfigured, match="DEBUG is on"):
        refuse_unsafe_start()


@pytest.mark.django_db
def test_elsewhere_demo_passwords_are_welcome(settings):
    get_user_model().objects.create_user("editor", password="editor")

    refuse_unsafe_start()
