"""The one allow-list of HTML. Everything a client gets as HTML went through ``sanitise``."""

import nh3

ALLOWED_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup",
    "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h3",
    "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q",
    "s", "samp", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul", "var",
}  # fmt: skip
ALLOWED_ATTRIBUTES = {
    "a": {"href", "title", "data-entry"},
    "code": {"class"},
    "div": {"class"},
    "img": {"src", "alt", "width", "height", "title"},
    "ol": {"start"},
    "span": {"class"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
}
URL_SCHEMES = {"http", "https", "mailto"}

_CLASS_PREFIXES = ("language-", "callout", "tok-")


def _keep_attribute(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "class":
        # Classes are our own; a front end's style sheet must not be addressable from content.
        kept = [name for name in value.split() if name.startswith(_CLASS_PREFIXES)]
        return " ".join(kept) or None
    return value


def sanitise(html: str) -> str:
    """Allow-listed HTML: scripts, event handlers, styles and foreign URL schemes are gone."""
    return nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        clean_content_tags={"script", "style"},
        attributes=ALLOWED_ATTRIBUTES,
        attribute_filter=_keep_attribute,
        url_schemes=URL_SCHEMES,
        link_rel="noopener noreferrer",
        strip_comments=True,
    )
