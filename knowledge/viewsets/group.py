"""The Knowledge menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from knowledge.viewsets import entries, terms


class KnowledgeViewSetGroup(SnippetViewSetGroup):
    """The six kinds of entry, and the taxonomy."""

    menu_label = _("Knowledge")
    menu_icon = "doc-full"
    menu_name = "knowledge"
    menu_order = 110
    items = (
        entries.InterviewQuestionViewSet,
        entries.DebugEntryViewSet,
        entries.CodeSnippetViewSet,
        entries.SystemDesignNoteViewSet,
        entries.LearningPathViewSet,
        entries.SecurityTopicViewSet,
        terms.TechnologyViewSet,
        terms.CategoryViewSet,
        terms.TopicViewSet,
        terms.RoleViewSet,
        terms.DomainViewSet,
    )
