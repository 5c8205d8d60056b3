"""The body of a document without its long forms, and the forms by themselves.

Invariant: ``merged(split(body))`` is ``body`` again, key for key in the same order. So a
reader that wants one form of one part need not read the rest, and nothing is stored twice.
"""

from typing import Any, NamedTuple

_FORMS = ["html", "markdown", "text"]


class Parts(NamedTuple):
    """A split body; the fields are named as the columns of the read model.

    ``outline`` is the body in which every part, a rich text or a section, has ``"part": n``
    where its forms stood. Item n of the lists is the form of part n, counted from 0 in the
    order of the document; of ``block_parts`` it is None for a part without ``blocks``.
    """

    outline: dict[str, Any]
    html_parts: list[str]
    markdown_parts: list[str]
    text_parts: list[str]
    block_parts: list[list[Any] | None]


def split(body: dict[str, Any]) -> Parts:
    """``body``, which is not changed, with the forms of its parts taken out.

    A part is a dictionary in which strings ``html``, ``markdown`` and ``text`` stand next
    to each other in this order; a list ``blocks`` behind them goes with them. Raises
    ``ValueError`` when ``body`` has a key ``part`` of its own.
    """
    parts = Parts({}, [], [], [], [])
    outline = _outlined(body, parts)
    return parts._replace(outline=outline)


def merged(parts: Parts) -> dict[str, Any]:
    """The body that ``parts`` were made from. Raises ``IndexError`` where a form is missing."""
    body: dict[str, Any] = _filled(parts.outline, parts)
    return body


def _outlined(value: Any, parts: Parts) -> Any:
    if isinstance(value, dict):
        if "part" in value:
            raise ValueError("A document may not use the key 'part': it stands for a part's forms.")
        taken = _forms_in(value)
        outline: dict[str, Any] = {}
        for key, one in value.items():
            if key not in taken:
                outline[key] = _outlined(one, parts)
            elif key == "html":
                outline["part"] = _take(value, taken, parts)
        return outline
    if isinstance(value, (list, tuple)):
        return [_outlined(one, parts) for one in value]
    return value


def _forms_in(value: dict[str, Any]) -> list[str]:
    """The keys to take out of a dictionary: none when it is no part."""
    if "html" not in value or "markdown" not in value or "text" not in value:
        return []
    keys = list(value)
    start = keys.index("html")
    if keys[start : start + 3] != _FORMS or not all(isinstance(value[key], str) for key in _FORMS):
        return []
    if "blocks" not in value:
        return _FORMS
    # Anywhere else, its place in the order of keys would be lost.
    behind = keys[start + 3 : start + 4] == ["blocks"] and isinstance(value["blocks"], list)
    return [*_FORMS, "blocks"] if behind else []


def _take(value: dict[str, Any], taken: list[str], parts: Parts) -> int:
    number = len(parts.html_parts)
    parts.html_parts.append(value["html"])
    parts.markdown_parts.append(value["markdown"])
    parts.text_parts.append(value["text"])
    parts.block_parts.append(value["blocks"] if "blocks" in taken else None)
    return number


def _filled(value: Any, parts: Parts) -> Any:
    if isinstance(value, list):
        return [_filled(one, parts) for one in value]
    if not isinstance(value, dict):
        return value
    body: dict[str, Any] = {}
    for key, one in value.items():
        if key != "part":
            body[key] = _filled(one, parts)
            continue
        body["html"] = parts.html_parts[one]
        body["markdown"] = parts.markdown_parts[one]
        body["text"] = parts.text_parts[one]
        if (blocks := parts.block_parts[one]) is not None:
            body["blocks"] = blocks
    return body
