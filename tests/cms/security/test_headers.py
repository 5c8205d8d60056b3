"""Every answer tells browsers what it is not."""

import pytest

pytestmark = pytest.mark.django_db


def test_the_admin_may_run_its_own_scripts_only(client):
    response = client.get("/admin/login/")
    policy = response["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy


def test_data_runs_nothing(client):
    response = client.get("/healthz")

    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
