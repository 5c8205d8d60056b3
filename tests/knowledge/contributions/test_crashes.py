"""kill -9 of the process that takes submissions in: whole or not at all, none lost."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

from cms.notifications.models import OutgoingMail
from knowledge.contributions.models import Contribution, ContributionEvent, Contributor
from tests.cms.notifications.test_crashes import database_url

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.slow]

KILLS = 3


def test_every_acknowledged_submission_is_there_and_each_is_whole():
    acknowledged: list[str] = []
    connection.close()
    for number in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.knowledge.contributions.sender", str(1000 * number)],
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
                "DATABASE_URL": database_url(),
            },
            stdout=subprocess.PIPE,
            text=True,
        )
        acknowledged.append(process.stdout.readline().strip())
        time.sleep(random.uniform(0.1, 0.8))
        os.kill(process.pid, signal.SIGKILL)
        acknowledged += process.communicate()[0].split()

    stored = set(Contribution.objects.values_list("reference", flat=True))
    assert "" not in acknowledged
    assert set(acknowledged) <= stored
    assert len(stored) - len(set(acknowledged)) <= KILLS
    assert (
        Contributor.objects.count()
        == ContributionEvent.objects.count()
        == OutgoingMail.objects.count()
        == len(stored)
    )
