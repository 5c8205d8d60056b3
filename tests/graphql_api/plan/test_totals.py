"""Totals are remembered for their version, and until the next entry expires."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from graphql_api.plan.entries import totals as remembered
from knowledge.models import PublishedEntry
from tests.factories import entries, terms
from tests.graphql_api.plan.running import answered, prepared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_remembered")]

START = datetime(2026, 3, 1, tzinfo=UTC)
TOTAL = prepared("{ debugEntries { totalCount } }")
BUT_ONE = prepared(
    "query ($slug: String!) { debugEntries(filter: {not: {slug: {eq: $slug}}}) { totalCount } }"
)


def asked(parsed=TOTAL, **variables):
    """The total in the answer, and how many statements counted."""
    with CaptureQueriesContext(connection) as captured:
        found = answered(parsed, variables, plans=True)
    assert found.planned == ("debugEntries",)
    counting = [one for one in captured if "MIN(x.expires_at)" in one["sql"]]
    return int(found.body.rsplit(b":", 1)[1].rstrip(b"}")), len(counting)


@pytest.fixture
def two():
    return [entries.published(entries.debug_entry(title=f"Entry {one}")) for one in range(2)]


def test_a_total_is_counted_once_for_a_version(two):
    assert [asked(), asked()] == [(2, 1), (2, 0)]


def test_a_publication_makes_it_counted_again(two):
    asked()
    entries.published(entries.debug_entry(title="Third"))

    assert [asked(), asked()] == [(3, 1), (3, 0)]


def test_a_withdrawal_makes_it_counted_again(two):
    asked()
    two[0].unpublish()

    assert asked() == (1, 1)


def test_lists_are_counted_each_for_itself(two):
    slugs = [two[0].slug, "nothing", two[0].slug]

    assert [asked(BUT_ONE, slug=slug) for slug in slugs] == [(1, 1), (2, 1), (1, 0)]


def test_it_is_not_remembered_past_the_next_expiry(two, monkeypatch):
    late = entries.debug_entry(title="Short-lived")
    late.expire_at = timezone.now() + timedelta(hours=1)
    entries.published(late)
    before = [asked(), asked()]
    now = timezone.now()

    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=59))
    still = asked()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=61))
    after = [asked(), asked()]

    assert (before, still, after) == ([(3, 1), (3, 0)], (3, 0), [(2, 1), (2, 0)])


@pytest.mark.parametrize(
    "parsed", [TOTAL, prepared('{ debugEntries(filter: {topic: {eq: "http"}}) { totalCount } }')]
)
def test_what_has_expired_is_not_counted_while_it_is_still_stored(parsed):
    topic = terms.topic("http")
    for title in ("Short-lived", "Lasting"):
        entries.published(entries.debug_entry(title=title, topics=[topic]))
    past = timezone.now() - timedelta(seconds=1)
    PublishedEntry.objects.filter(card__contains="Short-lived").update(expires_at=past)

    assert asked(parsed) == (1, 1)


def test_the_total_of_a_kind_of_error_is_summed(two):
    by_kind = prepared("{ debugEntries(filter: {errorKind: {eq: RUNTIME}}) { totalCount } }")
    with CaptureQueriesContext(connection) as captured:
        answered(by_kind, {}, plans=True)

    assert [one["sql"] for one in captured if "SUM(e.number)" in one["sql"]] != []


def test_few_are_remembered(two, monkeypatch):
    monkeypatch.setattr(remembered.totals, "capacity", 2)
    for number in range(4):
        asked(BUT_ONE, slug=f"nothing-{number}")

    assert len(remembered.totals) == 2


SINCE = prepared(
    "query ($at: DateTimeRangeFilter) { debugEntries(filter: {publishedAt: $at}) { totalCount } }"
)


@pytest.fixture
def a_week():
    """Ten entries a day of a week, two hours apart from midnight on."""
    first = entries.published(entries.debug_entry())
    row = PublishedEntry.objects.get(pk=first.pk)
    row.delete()
    for number in range(70):
        row.pk, row.translation_key = number + 1, uuid4()
        row.code, row.slug = f"X-{number}", f"x-{number}"
        row.published_at = START + timedelta(days=number // 10, hours=2 * (number % 10))
        row.save(force_insert=True)


@pytest.mark.parametrize("first", [None, "gte", "gt"])
@pytest.mark.parametrize("last", [None, "lte", "lt"])
@pytest.mark.parametrize("hours", [0, 2, 30, 48, 400])
@pytest.mark.parametrize("began", [0, 14, 24])
def test_a_total_between_two_moments_is_that_of_the_entries(a_week, first, last, hours, began):
    since = START + timedelta(hours=began)
    until = since + timedelta(hours=hours)
    bounds = {name: at.isoformat() for name, at in ((first, since), (last, until)) if name}
    rows = PublishedEntry.objects.all()
    rows = rows.filter(**{f"published_at__{name}": at for name, at in bounds.items()})

    assert asked(SINCE, at=bounds) == (rows.count(), 1)


def counting_statement(at):
    with CaptureQueriesContext(connection) as captured:
        given = {name: moment.isoformat() for name, moment in at.items()}
        answered(SINCE, {"at": given}, plans=True)
    return next(one["sql"] for one in captured if "MIN(x.expires_at)" in one["sql"])


def test_a_total_since_noon_reads_the_entries_of_that_day_alone(a_week):
    statement = counting_statement({"gt": START + timedelta(hours=12)})

    assert statement.count("knowledge_publishedday") == 1
    assert "e.published_at < '2026-03-02 " in statement


def test_a_total_of_whole_days_reads_no_entries(a_week):
    statement = counting_statement({"gte": START, "lt": START + timedelta(days=3)})

    assert statement.count("knowledge_publishedday") == 1
    # What has expired is taken off, and the next expiry looked for.
    assert statement.count("FROM knowledge_publishedentry") == 2


def test_a_total_with_another_condition_is_counted(a_week):
    parsed = prepared(
        """query ($at: DateTimeRangeFilter) {
             debugEntries(filter: {publishedAt: $at, slug: {eq: "x-3"}}) { totalCount } }"""
    )

    assert asked(parsed, at={"gte": START.isoformat()}) == (1, 1)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
@pytest.mark.parametrize("name", ["gt", "lt"])
def test_the_ends_of_time(a_week, name, at):
    assert asked(SINCE, at={name: at})[0] in (0, 70)


def test_an_expired_entry_is_not_among_a_total_since_a_day(a_week):
    PublishedEntry.objects.filter(pk=40).update(expires_at=timezone.now() - timedelta(hours=1))

    assert asked(SINCE, at={"gte": START.isoformat()}) == (69, 1)
