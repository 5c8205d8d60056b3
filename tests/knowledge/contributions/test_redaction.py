"""Secrets are masked, code is left alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.contributions.redaction import redact

SECRETS = [
    ("postgres://app:s3cr3t@db.example.com/x", "s3cr3t", "URL_PASSWORD"),
    ("Authorization: Bearer abcdef1234567890abcdef", "abcdef1234567890abcdef", "TOKEN"),
    ("curl -H 'Authorization: Basic dXNlcjpwYXNz'", "dXNlcjpwYXNz", "TOKEN"),
    ("password='hunter2!'", "hunter2!", "PASSWORD"),
    ("'password' => 'geheim123',", "geheim123", "PASSWORD"),
    ('{"client_secret": "abc123def"}', "abc123def", "PASSWORD"),
    ("API_KEY=Zx81Qq77", "Zx81Qq77", "PASSWORD"),
    ("CREATE USER a IDENTIFIED BY 'topsecret'", "topsecret", "PASSWORD"),
    (
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-def_1",
        "eyJzdWIiOiIxIn0",
        "JWT",
    ),
    ("AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE", "KEY"),
    ("ghp_0123456789abcdefghijABCDEFGHIJ012345", "ghp_0123", "KEY"),
    ("xoxb-123456789012-abcdefGHIJ", "xoxb-", "KEY"),
    ("sk-" + "proj-abcdefghij0123456789", "abcdefghij", "KEY"),
    ("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----", "MIIE", "PRIVATE_KEY"),
    ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl", "b3Bl", "PRIVATE_KEY"),
    ("mailed bob@acme.io twice", "bob@acme.io", "EMAIL"),
    ("connect to 10.0.0.12:5432", "10.0.0.12", "PRIVATE_ADDRESS"),
    ("listening on [fd00::1]:80", "fd00::1", "PRIVATE_ADDRESS"),
    ("could not resolve db-1.prod.internal", "db-1.prod", "PRIVATE_HOST"),
    ("redis.default.svc.cluster.local refused", "default.svc", "PRIVATE_HOST"),
    ("http://nas.local/share", "nas.local", "PRIVATE_HOST"),
    ("Set-Cookie: sessionid=abc123; Path=/", "abc123", "TOKEN"),
]
HARMLESS = [
    "password = hash_password(user)",
    "api_key: ${API_KEY}",
    "password: null",
    "max_tokens = 2000",
    "SyntaxError: Unexpected token: 'x'",
    "git@github.com:lamplight/archive.git",
    "write to someone@example.com",
    "127.0.0.1 0.0.0.0 8.8.8.8 version 1.2.3.4",
    "threading.local()",
    "threading.local is per thread",
    "com.sun.internal.Module",
    "token = request.headers.get('x')",
    "$conn->query('SELECT 1') ?? []",
]


@pytest.mark.parametrize(("text", "secret", "what"), SECRETS)
def test_a_secret_is_masked_and_named(text, secret, what):
    result = redact(text)

    assert secret not in result.text
    assert result.found == {what: 1}


@pytest.mark.parametrize("text", HARMLESS)
def test_code_without_secrets_is_left_alone(text):
    assert redact(text).text == text


@pytest.mark.parametrize("text", [text for text, _secret, _what in SECRETS])
def test_masking_twice_changes_nothing_more(text):
    once = redact(text).text

    assert redact(once).text == once


@given(st.text(alphabet="ab1.:/@=- \n'password", max_size=200))
def test_lines_stay_where_they_are(text):
    assert redact(text).text.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "part",
    ["a.", "password=", "a@", "-----BEGIN PRIVATE KEY-----", "secret_", "eyJ", "1.", "://a:"],
)
def test_hostile_text_is_masked_in_bounded_time(part):
    text = part * (80_000 // len(part))

    started = time.process_time()
    redact(text)

    assert time.process_time() - started < 3
