"""Wagtail, languages, and where front ends show what we deliver."""

from typing import Any

from cms.settings import env

WAGTAIL_SITE_NAME = "Lamplight"
WAGTAILADMIN_BASE_URL = env.text("ADMIN_BASE_URL", "http://127.0.0.1:8000")

# The admin asks nobody outside; its policy would not let it either.
WAGTAIL_ENABLE_UPDATE_CHECK = False

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
USE_I18N = True

WAGTAILIMAGES_IMAGE_MODEL = "media.CustomImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.media.forms.ImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "media.CustomDocument"
WAGTAILDOCS_EXTENSIONS = ["csv", "json", "md", "pdf", "txt", "yaml", "zip"]
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = True

WAGTAILSEARCH_BACKENDS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "wagtail.search.backends.database"}
}

# Where a front end shows an entry of each kind. ``{slug}``, ``{code}`` and
# ``{locale}`` are filled in; the result is what links between entries point at.
LAMPLIGHT_ENTRY_PATHS = {
    "INTERVIEW_QUESTION": "/questions/{slug}",
    "DEBUG_ENTRY": "/errors/{slug}",
    "CODE_SNIPPET": "/snippets/{slug}",
    "SYSTEM_DESIGN_NOTE": "/system-design/{slug}",
    "LEARNING_PATH": "/paths/{slug}",
    "SECURITY_TOPIC": "/security/{slug}",
}
LAMPLIGHT_FRONTEND_BASE_URL = env.text("FRONTEND_BASE_URL", "")

# Where a front end shows drafts, for the admin's preview panel, for example
# https://www.example.org/preview?token={token}&path={path}. Empty: the panel shows only
# the admin's own rendering.
LAMPLIGHT_PREVIEW_URL = env.text("PREVIEW_URL", "")

# Searches without hits are counted in memory and written this often; 0 writes nothing.
MISSED_SEARCH_FLUSH_SECONDS = env.integer("MISSED_SEARCH_FLUSH_SECONDS", 10)

# Search by meaning beside search by words; needs the packages of requirements/semantic.txt.
SEMANTIC_SEARCH = env.boolean("SEMANTIC_SEARCH", False)

# Where candidates of a search come from: empty, the database; else the name of an OpenSearch
# or Elasticsearch backend in WAGTAILSEARCH_BACKENDS, which SEARCH_CLUSTER_BACKEND adds.
SEARCH_CLUSTER = ""
if _cluster := env.mapping("SEARCH_CLUSTER_BACKEND"):
    SEARCH_CLUSTER = "cluster"
    WAGTAILSEARCH_BACKENDS[SEARCH_CLUSTER] = {**_cluster, "AUTO_UPDATE": False}
