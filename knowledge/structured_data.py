"""Entries as schema.org JSON-LD: pure functions of published documents.

Invariant: an address is given only when it is absolute; everything empty is left out.
"""

from collections.abc import Callable, Sequence
from typing import Any

from knowledge.kinds import Kind

Document = dict[str, Any]


def structured_data(
    document: Document,
    *,
    technology: Document | None = None,
    topics: Sequence[str] = (),
    prerequisites: Sequence[str] = (),
) -> Document:
    """The JSON-LD object of an entry.

    ``document`` is card and body together, ``technology`` the document of the term,
    ``topics`` the names of the topics, ``prerequisites`` the titles of the paths to
    take before.
    """
    own = _BY_KIND[Kind(document["kind"])](document, technology)
    if prerequisites:
        own["coursePrerequisites"] = list(prerequisites)
    return compact(
        {"@context": "https://schema.org", **own, **_shared(document, technology, topics)}
    )


def compact(value: Any) -> Any:
    """``value`` without keys and items that say nothing."""
    if isinstance(value, dict):
        return {key: kept for key, item in value.items() if (kept := compact(item)) not in _EMPTY}
    if isinstance(value, list):
        return [kept for item in value if (kept := compact(item)) not in _EMPTY]
    return value


_EMPTY: tuple[Any, ...] = (None, "", [], {})


def _shared(document: Document, technology: Document | None, topics: Sequence[str]) -> Document:
    address = document["path"] if document["path"].startswith(("http://", "https://")) else None
    provenance = document["provenance"]
    return {
        "@id": address,
        "url": address,
        "identifier": document["code"],
        "inLanguage": document["locale"],
        "keywords": list(topics),
        "about": _about(document, technology),
        "datePublished": document["publishedAt"],
        "dateModified": document["updatedAt"],
        "license": provenance["licenceUrl"] or _spdx(provenance["licence"]),
        "isBasedOn": provenance["sourceUrl"],
        "creditText": provenance["attribution"],
        "author": [
            {"@type": "Person", "name": person["name"], "url": person["url"]}
            for person in document["contributors"]
        ],
        "isAccessibleForFree": True,
    }


def _spdx(licence: str | None) -> str | None:
    return f"https://spdx.org/licenses/{licence}.html" if licence else None


def _about(document: Document, technology: Document | None) -> list[Document]:
    things = []
    if technology:
        is_language = not technology.get("languageKey")
        things.append(
            {
                "@type": "ComputerLanguage" if is_language else "SoftwareApplication",
                "name": technology["label"],
            }
        )
    catalogues = (
        ("owaspIds", "OWASP Top 10"),
        ("cweIds", "Common Weakness Enumeration"),
        ("attackIds", "MITRE ATT&CK"),
    )
    for key, catalogue in catalogues:
        things += [
            {
                "@type": "DefinedTerm",
                "termCode": identifier,
                "name": identifier,
                "inDefinedTermSet": catalogue,
            }
            for identifier in document.get(key) or ()
        ]
    return things


def _text(value: Document | None) -> str | None:
    return value["text"] if value else None


def _section(document: Document, name: str) -> str | None:
    return next((one["text"] for one in document["sections"] if one["name"] == name), None)


def _parts(document: Document) -> list[Document]:
    return [
        {"@type": "WebPageElement", "name": section["heading"], "text": section["text"]}
        for section in document["sections"]
    ]


def _article(document: Document, lead: Document | None) -> Document:
    return {
        "@type": "TechArticle",
        "headline": document["title"],
        "description": document["seo"]["description"],
        "abstract": _text(lead),
        "articleBody": "\n\n".join(section["text"] for section in document["sections"]),
    }


def _question(document: Document, technology: Document | None) -> Document:
    answer = _text(document["shortAnswer"]) or _section(document, "DEEP_DIVE")
    has_answer = bool(answer or document["sections"])
    return {
        "@type": "Question",
        "name": document["title"],
        "text": document["title"],
        "eduQuestionType": "Flashcard",
        "educationalLevel": document["levelLabel"],
        "answerCount": int(has_answer),
        "acceptedAnswer": {
            "@type": "Answer",
            "text": answer or document["sections"][0]["text"],
            "hasPart": _parts(document),
        }
        if has_answer
        else None,
    }


def _debug_entry(document: Document, technology: Document | None) -> Document:
    steps = [
        {
            "@type": "HowToStep",
            "position": step["position"],
            "text": "\n".join(
                part
                for part in (_text(step["instruction"]), (step["code"] or {}).get("code"))
                if part
            ),
        }
        for step in document["fixSteps"]
    ]
    fix = _text(document["fixSummary"]) or "\n".join(step["text"] for step in steps)
    return {
        **_article(document, document["symptom"]),
        "dependencies": technology["label"] if technology else None,
        "mainEntity": {
            "@type": "Question",
            "name": next(iter(document["errorMessages"]), document["title"]),
            "text": _text(document["symptom"]) or document["title"],
            "answerCount": int(bool(fix)),
            "acceptedAnswer": {"@type": "Answer", "text": fix} if fix else None,
        },
        "hasPart": {"@type": "HowTo", "name": document["title"], "step": steps} if steps else None,
    }


def _code_snippet(document: Document, technology: Document | None) -> Document:
    return {
        "@type": "SoftwareSourceCode",
        "name": document["title"],
        "description": _text(document["description"]),
        "programmingLanguage": document["languageLabel"],
        "runtimePlatform": document["compatibleWith"],
        "codeSampleType": "full" if len(document["files"]) > 1 else "code snippet",
        "text": "\n".join(file["code"] for file in document["files"]),
    }


def _design_note(document: Document, technology: Document | None) -> Document:
    return {
        **_article(document, document["description"]),
        "genre": document["designKindLabel"],
        "image": [
            {"@type": "ImageObject", "caption": diagram["alt"], "contentUrl": _largest(diagram)}
            for diagram in document["diagrams"]
            if _largest(diagram)
        ],
    }


def _largest(diagram: Document) -> str | None:
    image = diagram["image"]
    if not image:
        return None
    urls = [one["url"] for one in image["renditions"] if one["url"].startswith("http")]
    return urls[-1] if urls else None


def _learning_path(document: Document, technology: Document | None) -> Document:
    hours = document["estimatedHours"]
    duration = f"PT{hours}H" if hours else None
    return {
        "@type": "Course",
        "name": document["title"],
        "description": _text(document["description"]) or document["summary"],
        "educationalLevel": document["levelLabel"],
        "teaches": document["outcomes"],
        "timeRequired": duration,
        "audience": {"@type": "Audience", "audienceType": _text(document["audience"])}
        if document["audience"]
        else None,
        "syllabusSections": [
            {
                "@type": "Syllabus",
                "position": module["position"],
                "name": module["title"],
                "description": _text(module["summary"]),
                "timeRequired": f"PT{module['hours']}H" if module["hours"] else None,
            }
            for module in document["modules"]
        ],
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "courseMode": "online",
            "courseWorkload": duration,
        },
    }


def _security_topic(document: Document, technology: Document | None) -> Document:
    return _article(document, document["description"])


_BY_KIND: dict[Kind, Callable[[Document, Document | None], Document]] = {
    Kind.INTERVIEW_QUESTION: _question,
    Kind.DEBUG_ENTRY: _debug_entry,
    Kind.CODE_SNIPPET: _code_snippet,
    Kind.SYSTEM_DESIGN_NOTE: _design_note,
    Kind.LEARNING_PATH: _learning_path,
    Kind.SECURITY_TOPIC: _security_topic,
}
