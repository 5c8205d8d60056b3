"""A code is minted once, never changed, never given out again."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, connections

from knowledge.models import CodeSequence, InterviewQuestion, IssuedCode
from tests.factories import entries, terms


@pytest.mark.django_db
def test_the_first_save_mints_by_technology_and_level():
    assert entries.question(level="SENIOR").code == "FASTAPI-SR-001"
    assert entries.question(level="SENIOR").code == "FASTAPI-SR-002"
    assert entries.question(level="JUNIOR").code == "FASTAPI-JR-001"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "code"),
    [
        (entries.debug_entry, "PHP-001"),
        (entries.snippet, "SNIP-JAVASCRIPT-001"),
        (entries.design_note, "SDN-001"),
        (entries.learning_path, "PATH-001"),
        (entries.security_topic, "SEC-001"),
    ],
)
def test_every_kind_has_its_own_prefix(make, code):
    assert make().code == code


@pytest.mark.django_db
def test_an_ungraded_question_has_a_code_too():
    assert entries.question(level="").code == "FASTAPI-GEN-001"


@pytest.mark.django_db
def test_regrading_keeps_the_code():
    entry = entries.question(level="MID")
    entry.level = "SENIOR"
    entry.save()

    assert InterviewQuestion.objects.get().code == "FASTAPI-MID-001"


@pytest.mark.django_db
def test_changing_the_code_is_refused():
    entry = entries.question()
    entry.code = "FASTAPI-MID-777"

    with pytest.raises(ValidationError, match="codes never change"):
        entry.save()

    assert InterviewQuestion.objects.get().code == "FASTAPI-MID-001"


@pytest.mark.django_db
def test_the_code_of_a_deleted_entry_is_not_given_out_again():
    entries.question().delete()

    assert entries.question().code == "FASTAPI-MID-002"


@pytest.mark.django_db
def test_a_given_code_is_kept_and_the_sequence_goes_on_after_it():
    entries.question(code="FAPI-MID-041", technology=terms.technology(code_prefix="FAPI"))

    assert entries.question().code == "FAPI-MID-042"


@pytest.mark.django_db
def test_the_code_of_another_entry_is_refused():
    entries.question(code="FAPI-MID-003")

    with pytest.raises(ValidationError, match="given to another entry"):
        entries.question(code="FAPI-MID-003")


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["fapi-mid-003", "FAPI", "FAPI-MID-3", "FAPI MID 003", "-001"])
def test_a_malformed_code_is_refused(code):
    with pytest.raises(ValidationError, match="not a code"):
        entries.question(code=code)


@pytest.mark.django_db
def test_a_translation_has_the_code_of_its_original(german):
    original = entries.question()
    translation = original.copy_for_translation(german)
    translation.save()

    assert translation.code == original.code
    assert not translation.live


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_parallel_first_saves_get_different_codes():
    technology = terms.technology()
    failures: list[Exception] = []

    def save_one() -> None:
        try:
            entries.question(technology=technology, category=None)
        except DatabaseError as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=save_one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert sorted(IssuedCode.objects.values_list("code", flat=True)) == [
        f"FASTAPI-MID-{number:03d}" for number in range(1, 9)
    ]
    assert CodeSequence.objects.get().last_number == 8
    assert connection.vendor in ("sqlite", "postgresql")
