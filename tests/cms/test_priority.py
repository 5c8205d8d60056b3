"""Background commands give way; what is called inside another process does not."""

import os
import subprocess
import sys

import pytest
from django.core.management import call_command

from cms import priority
from tests.support.running_server import REPOSITORY

TELL = """
import os
from cms import priority
from cms.priority import BackgroundCommand
class Command(BackgroundCommand):
    requires_system_checks = []
    def handle(self, **options):
        print(TOLD)
Command().run_from_argv(["manage.py", "tell"])
Command().run_from_argv(["manage.py", "tell"])
"""


USUAL = 5


def told(niceness, what="os.getpriority(os.PRIO_PROCESS, 0)"):
    return subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{TELL.replace('TOLD', what)}"],
        cwd=REPOSITORY,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.test",
            "BACKGROUND_NICENESS": niceness,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(("given", "meant"), [("", USUAL), ("0", 0), ("19", 19)])
def test_a_background_command_gives_way_once(given, meant):
    own = os.getpriority(os.PRIO_PROCESS, 0)

    assert told(given).stdout.split() == [str(max(own, meant))] * 2


def test_nonsense_stops_the_start_and_names_the_variable():
    assert told("much").stderr.splitlines()[-1] == (
        "django.core.exceptions.ImproperlyConfigured:"
        " The environment variable BACKGROUND_NICENESS must be a whole number, not 'much'."
    )


@pytest.mark.django_db
def test_what_is_called_leaves_the_process_as_it_is():
    before = os.getpriority(os.PRIO_PROCESS, 0)

    call_command("deliver", "--once", verbosity=0)

    assert os.getpriority(os.PRIO_PROCESS, 0) == before


@pytest.mark.parametrize(
    ("gives_way", "seconds", "slept"),
    [(True, 0.5, [0.5]), (True, 90, [1]), (True, 0, []), (False, 0.5, [])],
)
def test_only_who_gives_way_rests_and_never_long(gives_way, seconds, slept, monkeypatch):
    found = []
    monkeypatch.setattr(priority, "_gives_way", gives_way)
    monkeypatch.setattr(priority.time, "sleep", found.append)

    priority.rest(seconds)

    assert found == slept


@pytest.mark.parametrize(("given", "rests"), [("5", "True"), ("0", "False")])
def test_a_background_command_rests_where_it_gives_way(given, rests):
    assert told(given, "priority._gives_way").stdout.split()[0] == rests
