"""``manage.py serve``: the whole hub on one machine, with demo content."""

import os
import signal
import subprocess
import sys
import threading
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from cms.demo.accounts import ACCOUNTS, accounts_with_known_password
from cms.periodic import run_periodically
from cms.preflight import busy_port
from cms.priority import give_way
from knowledge.models import Entry

# A client that sends its request slowly keeps a thread waiting. How many requests are worked
# on at once is another setting, REQUESTS_AT_ONCE.
THREADS = 256


class Command(BaseCommand):
    """Prepares the database where needed, then runs the server until it is stopped."""

    help = (
        "Migrate if needed, load the demonstration into an empty database, print where to log "
        "in, and serve. Scheduled publication, mails and webhooks run beside the server."
    )
    # They would cost every start a second; `make check` runs them.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
        parser.add_argument("--port", default=os.environ.get("PORT") or "8000")
        parser.add_argument("--no-demo", action="store_true", help="leave an empty database empty")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        if problem := busy_port(host, port):
            raise CommandError(problem)
        try:
            self.prepare(load_demo=not options["no_demo"])
        except DatabaseError:
            vendor = connection.vendor
            raise CommandError(
                f"The {vendor} database cannot be used: check DATABASE_URL and that it runs."
            ) from None
        self.announce(host, port)
        connection.close()
        sys.exit(supervise(host, port))

    def prepare(self, *, load_demo: bool) -> None:
        """Bring the database up to date; a second start finds nothing to do."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database …")
            call_command("migrate", verbosity=0, interactive=False)
        if load_demo and not Entry.objects.exists():
            self.stdout.write("Loading the demonstration …")
            call_command("load_demo", verbosity=0, stderr=self.stderr)

    def announce(self, host: str, port: str) -> None:
        """Addresses and logins."""
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else shown}:{port}"  # noqa: S104 - compared, not bound
        lines = [
            f"Lamplight {'(development) ' if settings.DEBUG else ''}is at {address}",
            f"  Admin     {address}/admin/",
            f"  GraphQL   {address}/graphql",
        ]
        if getattr(settings, "GRAPHQL_GRAPHIQL", False):
            lines.append(f"  GraphiQL  {address}/graphql in a browser")
        if names := accounts_with_known_password():
            lines.append("Log in with (the password is the same word):")
            lines += [f"  {name:9} {ACCOUNTS[name] or 'administrator'}" for name in names]
        lines.append("Stop with Ctrl+C.")
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def supervise(host: str, port: str) -> int:
    """Run the server and the periodic work beside it; returns the server's exit code.

    Whoever stops this process stops the server: the signal is passed on, and requests
    under way are finished.
    """
    server = subprocess.Popen(server_command(host, port))  # noqa: S603 - no shell, own words
    stopping = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()
        if server.poll() is None:
            server.send_signal(signal.SIGTERM)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    # What is left to this process is work that nobody waits for.
    give_way()
    worker = threading.Thread(target=run_periodically, args=(stopping,), daemon=True)
    worker.start()
    code = server.wait()
    asked = stopping.is_set()
    stopping.set()
    worker.join(timeout=5)
    return 0 if asked else code


def server_command(host: str, port: str) -> list[str]:
    """The server's command line."""
    granian = Path(sys.executable).with_name("granian")
    return [
        str(granian),
        *("--interface", "wsgi"),
        *("--host", host, "--port", str(port)),
        *(
            "--workers",
            "1",
            "--blocking-threads",
            os.environ.get("BLOCKING_THREADS") or str(THREADS),
        ),
        *("--log-level", "error"),
        "cms.wsgi:application",
    ]
