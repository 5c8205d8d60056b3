"""The parts of an entry that a correction can be about, read and written as Markdown.

Invariant: text is what delivery shows; writing a part back unchanged changes nothing, and
writing a change replaces only the blocks that changed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.utils.functional import Promise
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField

from knowledge.models import ENTRY_MODELS, CodeSnippet, Entry, PublishedEntry
from knowledge.rendering.body import render_body
from knowledge.rendering.links import RenderingContext
from knowledge.rendering.markdown import markdown_to_html
from knowledge.rendering.prose import render_rich_text
from knowledge.rendering.sanitising import sanitise

TITLE = "TITLE"
CODE = "CODE"
# Lists and headings of the editor's own choice have no single text to correct.
_NOT_TEXT = frozenset({"follow_up_questions", "additional"})
_LINK = re.compile(r"\]\((?P<href>[^\s)]+)\)")
_BETWEEN = "\n\n"


class PartForm(StrEnum):
    """How a part is stored."""

    LINE = "line"
    RICH = "rich"
    SECTION = "section"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an entry: ``name`` is the wire name, ``field`` the model field or section."""

    name: str
    label: str | Promise
    form: PartForm
    field: str


def parts_of(model: type[Entry]) -> dict[str, Part]:
    """What can be corrected in entries of one kind, by wire name."""
    parts = [Part(TITLE, "Title", PartForm.LINE, "title")]
    for field in model._meta.get_fields():
        if isinstance(field, RichTextField):
            label = str(field.verbose_name).capitalize()
            parts.append(Part(field.name.upper(), label, PartForm.RICH, field.name))
    if model is CodeSnippet:
        parts.append(Part(CODE, "Code of the first file", PartForm.CODE, "files"))
    for name, block in model._meta.get_field("sections").stream_block.child_blocks.items():
        if name not in _NOT_TEXT:
            parts.append(Part(name.upper(), block.label, PartForm.SECTION, name))
    return {part.name: part for part in parts}


def all_part_names() -> list[str]:
    """Every wire name of any kind, in a stable order."""
    names: dict[str, None] = {}
    for model in ENTRY_MODELS:
        names |= dict.fromkeys(parts_of(model))
    return list(names)


def read_part(entry: Entry, part: Part) -> str:
    """The part's text; empty when it has none."""
    if part.form is PartForm.LINE:
        return getattr(entry, part.field)
    if part.form is PartForm.RICH:
        prose = render_rich_text(getattr(entry, part.field), _context(entry))
        return prose["markdown"] if prose else ""
    if part.form is PartForm.CODE:
        files = entry.files.get_prep_value()
        return files[0]["value"]["code"] if files else ""
    return _BETWEEN.join(text for _raw, text in _section_blocks(entry, part.field) if text)


def write_part(entry: Entry, part: Part, text: str) -> None:
    """Make the part say ``text``. The entry is not saved."""
    if part.form is not PartForm.CODE:
        text = text.strip()
    if text == read_part(entry, part):
        return
    if part.form is PartForm.LINE:
        setattr(entry, part.field, " ".join(text.split()))
    elif part.form is PartForm.RICH:
        setattr(entry, part.field, sanitise(markdown_to_html(restore_links(text))))
    elif part.form is PartForm.CODE:
        _write_code(entry, text)
    else:
        _write_section(entry, part.field, text)


def restore_links(text: str) -> str:
    """Markdown with the addresses of entries turned back into references to them."""
    return _LINK.sub(lambda match: f"]({_reference(match.group('href'))})", text)


def _reference(href: str) -> str:
    base = settings.LAMPLIGHT_FRONTEND_BASE_URL
    path = href.removeprefix(base) if base else href
    for kind, pattern in settings.LAMPLIGHT_ENTRY_PATHS.items():
        expression = re.escape(pattern)
        for name in ("slug", "code", "locale"):
            expression = expression.replace(re.escape(f"{{{name}}}"), f"(?P<{name}>[^/]+)")
        if match := re.fullmatch(expression, path):
            named = match.groupdict()
            code = (
                PublishedEntry.objects.visible()
                .filter(kind=kind, **named)
                .values_list("code", flat=True)
                .first()
            )
            if code:
                return f"entry:{code}"
    return href


def _context(entry: Entry) -> RenderingContext:
    return RenderingContext(locale=entry.language_code, base_url=entry.source_url)


def _section_blocks(entry: Entry, name: str) -> list[tuple[dict, str]]:
    """The stored blocks of a section, each with its text; an unshown block has none."""
    context = _context(entry)
    for block, raw in zip(entry.sections, entry.sections.get_prep_value(), strict=True):
        if block.block_type == name:
            return [
                (stored, render_body([child], context)["markdown"])
                for child, stored in zip(block.value, raw["value"], strict=True)
            ]
    return []


def _write_section(entry: Entry, name: str, text: str) -> None:
    blocks = _section_blocks(entry, name)
    before, rest = _unchanged(blocks, text, str.startswith, lambda rest, size: rest[size:])
    after, rest = _unchanged(
        blocks[len(before) :][::-1],
        rest,
        str.endswith,
        lambda rest, size: rest[: len(rest) - size],
    )
    middle = rest.strip("\n")
    changed = [{"type": "markdown", "value": restore_links(middle)}] if middle else []
    _store_section(entry, name, [*before, *changed, *after[::-1]])


def _unchanged(
    blocks: list[tuple[dict, str]],
    text: str,
    borders: Callable[[str, str], bool],
    cut: Callable[[str, int], str],
) -> tuple[list[dict], str]:
    """The blocks that ``text`` still begins (or ends) with, and what is left of it."""
    kept = []
    for raw, block_text in blocks:
        if block_text:
            if not borders(text, block_text):
                break
            left = cut(text, len(block_text))
            # A block that only begins like the text goes on in it: it was changed.
            if left and not borders(left, _BETWEEN):
                break
            text = cut(left, len(_BETWEEN)) if left else ""
        kept.append(raw)
    return kept, text


def _store_section(entry: Entry, name: str, value: list[dict]) -> None:
    stored = [block for block in entry.sections.get_prep_value() if block["type"] != name]
    names = [block["type"] for block in entry.sections.get_prep_value()]
    position = names.index(name) if name in names else len(stored)
    if value:
        stored.insert(position, {"type": name, "value": value})
    stream_block = entry._meta.get_field("sections").stream_block
    entry.sections = StreamValue(stream_block, stored, is_lazy=True)


def _write_code(entry: Entry, text: str) -> None:
    files = entry.files.get_prep_value()
    if files:
        files[0]["value"]["code"] = text
    else:
        value = {"name": "snippet", "language": entry.language, "code": text}
        files = [{"type": "file", "value": value}]
    entry.files = StreamValue(entry._meta.get_field("files").stream_block, files, is_lazy=True)
