"""Locked files name versions and hashes, and no place to fetch them from."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def tracked(pattern: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", pattern], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_holds_hashes_and_no_addresses(lock):
    text = lock.read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z0-9][a-z0-9._-]*(?:\[[a-z,]+\])?==\S+ \\$", text, re.M)

    assert len(pins) > 40
    assert len(pins) == len(re.findall(r"^[a-z0-9]", text, re.M))
    assert text.count("--hash=sha256:") >= len(pins)
    assert not re.search(r"://|/dev/fd|--index|--find-links", text)


def test_the_locks_agree():
    versions = [
        dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)\S*==(\S+)", lock.read_text(), re.M))
        for lock in LOCKS
        if lock.name in ("run.txt", "test.txt")
    ]

    assert versions[0].items() <= versions[1].items()


def test_node_locks_hold_no_addresses():
    for lock in tracked("*package-lock.json"):
        text = lock.read_text(encoding="utf-8")
        assert '"resolved"' not in text, lock
        assert '"integrity"' in text, lock
