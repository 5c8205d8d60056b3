"""Finding the terms a record names, and making those that are not there yet.

Invariant: one word, one term: names, slugs, labels and aliases are compared without
regard to case, and a term is made only when none of them matches.
"""

import re
from typing import Any

from django.utils.text import slugify
from wagtail.models import Locale

from knowledge.importing.records import RecordError
from knowledge.importing.vocabulary import known_term
from knowledge.models import Category, Role, Technology, Topic
from knowledge.models.taxonomy import Term

NAME_LENGTH = 120
PREFIX_LENGTH = 10
# These begin the codes of whole kinds.
RESERVED_PREFIXES = {"SEC", "PATH", "SDN", "SNIP"}

_LABEL = re.compile(r"^(?P<language>[^()]+?)\s*\((?P<name>[^()]+)\)$")
_SYMBOLS = {"#": " sharp", "++": " plus plus", "&": " "}


class TermFinder:
    """The terms of one language, read once; ``forget_new`` after a rollback."""

    def __init__(self, locale: Locale, default_locale: Locale) -> None:
        self.locale = locale
        self.default_locale = default_locale
        self._found: dict[type[Term], dict[str, Term]] = {}
        self._new: list[tuple[type[Term], str]] = []

    def technology(self, name: str, code_prefix: str = "") -> Technology | None:
        """The technology called ``name``: ``Python (FastAPI)``, ``fastapi`` or an alias."""
        return self.find(Technology, name, code_prefix=code_prefix)

    def category(self, name: str) -> Category | None:
        """The category called ``name``."""
        return self.find(Category, name)

    def topic(self, name: str) -> Topic | None:
        """The topic called ``name``."""
        return self.find(Topic, name)

    def role(self, name: str) -> Role | None:
        """The role called ``name``."""
        return self.find(Role, name)

    def known_technology_keys(self, name: str) -> set[str]:
        """The spellings of the technology called ``name`` and of its language."""
        keys = {key_of(name)}
        term = self.known(Technology, name)
        for one in (term, getattr(term, "language", None)):
            if one is not None:
                keys |= {key_of(one.name), one.slug}
        return keys

    def known(self, model: type[Term], name: str) -> Term | None:
        """The term called ``name`` if there is one already."""
        return self._index(model).get(key_of(name))

    def keep_new(self) -> None:
        """The terms made since the last call are there to stay."""
        self._new.clear()

    def forget_new(self) -> None:
        """The terms made since ``keep_new`` were rolled back."""
        for model, key in self._new:
            self._found[model].pop(key, None)
        self._new.clear()

    def find(self, model: type[Term], name: str, **hints: str) -> Any:
        """The term of ``model`` called ``name``, made if there is none; None without a name."""
        name = " ".join(name.split())
        if not name:
            return None
        term = self.known(model, name)
        if term is not None:
            return term
        if len(name) > NAME_LENGTH:
            raise RecordError(
                {str(model._meta.model_name): [f"A name has at most {NAME_LENGTH} characters."]}
            )
        fields = known_term(model, name)
        if fields is None and model is Technology and (label := _LABEL.match(name)):
            # "Python (mypy)" is how mypy is shown, not what it is called.
            if term := self.known(model, label["name"]):
                return term
            fields = {"name": label["name"], "display_label": name, "language": label["language"]}
        return self._make(model, fields or {"name": readable(name)}, name, **hints)

    def _make(
        self, model: type[Term], fields: dict[str, Any], asked: str, code_prefix: str = ""
    ) -> Term:
        fields = dict(fields)
        fields["slug"] = self._free_slug(model, fields.get("slug") or fields["name"])
        if isinstance(fields.get("aliases"), list):
            fields["aliases"] = "\n".join(str(alias) for alias in fields["aliases"])
        if model is Technology:
            if language := fields.pop("language", None):
                fields["language"] = self.technology(language)
            fields["code_prefix"] = self._free_prefix(
                fields.get("code_prefix") or code_prefix or derived_prefix(asked)
            )
        term = model(locale=self.default_locale, **fields)
        term.full_clean(exclude=["translation_key"])
        term.save()
        self._enter(model, term, asked, new=True)
        return term

    def _index(self, model: type[Term]) -> dict[str, Term]:
        if model not in self._found:
            self._found[model] = {}
            terms = model.objects.select_related("locale").order_by("pk")
            # The default language last in, so that the asked one is found first.
            ranked = {self.locale.pk: 0, self.default_locale.pk: 1}
            for term in sorted(
                (term for term in terms if term.locale_id in ranked),
                key=lambda term: ranked[term.locale_id],
            ):
                self._enter(model, term)
        return self._found[model]

    def _enter(self, model: type[Term], term: Term, asked: str = "", new: bool = False) -> None:
        index = self._found.setdefault(model, {})
        names = [
            term.name,
            term.slug,
            getattr(term, "display_label", ""),
            asked,
            *getattr(term, "alias_list", ()),
        ]
        for name in names:
            if (key := key_of(name)) and key not in index:
                index[key] = term
                if new:
                    self._new.append((model, key))

    def _free_slug(self, model: type[Term], name: str) -> str:
        for symbol, word in _SYMBOLS.items():
            name = name.replace(symbol, word)
        wanted = slugify(name) or "term"
        taken = {term.slug for term in self._index(model).values()}
        return numbered(wanted, taken, "-")

    def _free_prefix(self, wanted: str) -> str:
        taken = RESERVED_PREFIXES | {
            term.code_prefix
            for term in self._index(Technology).values()
            if isinstance(term, Technology)
        }
        return numbered(wanted, taken, "", limit=PREFIX_LENGTH)


def key_of(name: str) -> str:
    """What two spellings of a name have in common."""
    return " ".join(name.split()).casefold()


def numbered(wanted: str, taken: set[str], separator: str, limit: int = NAME_LENGTH) -> str:
    """``wanted``, or with the first number that makes it free."""
    wanted = wanted[:limit]
    candidate, number = wanted, 1
    while candidate in taken:
        number += 1
        suffix = f"{separator}{number}"
        candidate = wanted[: limit - len(suffix)] + suffix
    return candidate


def readable(name: str) -> str:
    """A tag such as ``react-router`` as a name: ``React router``."""
    if name != name.lower() or " " in name:
        return name
    text = name.replace("-", " ").replace("_", " ").strip()
    return text[:1].upper() + text[1:] if text else name


def derived_prefix(name: str) -> str:
    """A code prefix for a technology nobody gave one: ``JavaScript / CORS`` → ``CORS``."""
    for symbol, word in _SYMBOLS.items():
        name = name.replace(symbol, word.replace(" ", "") + " ")
    parts = [part for part in re.split(r"[()/]", name) if part.strip()]
    words = [re.findall(r"[A-Z0-9]+", slugify(part).upper()) for part in parts]
    # The narrowest name that is one short word says most; else initials.
    for one in reversed(words):
        if len(one) == 1 and len(one[0]) <= PREFIX_LENGTH and one[0][0].isalpha():
            return one[0]
    last = words[-1] if words else []
    if len(last) > 1:
        prefix = "".join(word[0] for word in last)[:PREFIX_LENGTH]
    else:
        prefix = (last[0] if last else "")[:6]
    return prefix if prefix[:1].isalpha() else f"T{prefix}"
