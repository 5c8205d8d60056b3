"""What an entry can be recognised by."""

from knowledge.search.errors.signatures import MESSAGE, SUMMARY, Signature, signature


def made(body=None, **card) -> Signature:
    return signature({"title": "", **card}, body or {}, "en")


def texts(of: Signature) -> list[str]:
    return [message.text for message in of.messages]


def test_every_message_counts_in_full():
    known = made(errorMessages=["TypeError: x is not a function (V8-based)", "y failed badly"])

    assert [(one.text, one.trust) for one in known.messages] == [
        ("TypeError: x is not a function", MESSAGE),
        ("y failed badly", MESSAGE),
    ]


def test_lines_of_examples_are_harvested():
    body = {"sections": [{"text": "Like this:\n# Error: Incompatible types in assignment\nx = 1"}]}

    assert "Incompatible types in assignment" in texts(made(body))


def test_an_example_of_another_code_is_left_out():
    body = {"sections": [{"text": "# error: Missing return statement  [return]"}]}

    assert "Missing return statement" not in texts(made(body, errorCode="call-arg"))


def test_the_summary_counts_least():
    known = made(summary="The pool is exhausted by waiting connections.")

    assert [one.trust for one in known.messages] == [SUMMARY]


def test_codes_come_from_the_code_the_name_and_the_title():
    known = made(
        errorCode="E0382", errorName="TypeError", title="PossiblyNullReference: something is null"
    )

    assert {"e0382", "typeerror", "possiblynullreference"} <= set(known.codes)


def test_a_signature_survives_storage():
    known = made(errorMessages=["TypeError: x is not a function"], errorCode="E1")

    assert Signature.from_data(known.as_data()) == known


def test_a_report_of_a_checker_is_known_as_one():
    known = made(errorMessages=["Undefined variable"], errorKind="STATIC_ANALYSIS")

    assert known.is_static is True
    assert Signature.from_data(known.as_data()) == known
    assert made(errorMessages=["Undefined variable"], errorKind="RUNTIME").is_static is False


def test_a_name_is_a_message_too_and_a_class_is_none():
    assert "DeadlockLoser" in texts(made(errorName="DeadlockLoser"))
    assert "TypeError" not in texts(made(errorName="TypeError"))
