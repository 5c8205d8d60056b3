"""What a document embeds is rendered again when its owner changes."""

import pytest
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site

from cms.publishing.models import ContentVersion
from knowledge.models import PublishedEntry
from tests.factories import entries

pytestmark = pytest.mark.django_db


def page(title: str, live: bool = True) -> Page:
    return Site.objects.get().root_page.add_child(
        instance=Page(title=title, slug=title.lower(), live=live)
    )


def section_html(entry) -> str:
    return PublishedEntry.objects.get(pk=entry.pk).body["sections"][0]["html"]


def question_about(block):
    return entries.published(entries.question(sections=[("deep_dive", [block])]))


def page_link(target: Page):
    return ("paragraph", f'<p>See <a linktype="page" id="{target.pk}">the guide</a></p>')


def image():
    return get_image_model().objects.create(title="Chart", file=get_test_image_file())


def image_block(picture):
    return ("image", {"image": picture, "alt": "A chart", "caption": ""})


def test_a_link_to_a_draft_page_is_its_text():
    entry = question_about(page_link(page("Guide", live=False)))

    assert section_html(entry) == "<p>See the guide</p>"


def test_publishing_the_page_makes_the_link():
    target = page("Guide", live=False)
    entry = question_about(page_link(target))

    target.save_revision().publish()

    assert '<a href="/guide/"' in section_html(entry)


def test_unpublishing_the_page_takes_the_link_away():
    target = page("Guide")
    entry = question_about(page_link(target))
    assert '<a href="/guide/"' in section_html(entry)

    target.unpublish()

    assert section_html(entry) == "<p>See the guide</p>"


def test_moving_the_page_changes_the_address():
    parent, target = page("Handbook"), page("Guide")
    entry = question_about(page_link(target))

    target.move(parent, pos="last-child")

    assert '<a href="/handbook/guide/"' in section_html(entry)


def test_a_new_slug_of_an_ancestor_changes_the_address():
    parent, target = page("Handbook"), page("Guide")
    target.move(parent, pos="last-child")
    entry = question_about(page_link(Page.objects.get(pk=target.pk)))
    parent = Page.objects.get(pk=parent.pk)

    parent.slug = "manual"
    parent.save_revision().publish()

    assert '<a href="/manual/guide/"' in section_html(entry)


def test_restricting_an_ancestor_takes_the_link_away():
    parent, target = page("Handbook"), page("Guide")
    target.move(parent, pos="last-child")
    entry = question_about(page_link(Page.objects.get(pk=target.pk)))

    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=parent.pk), restriction_type=PageViewRestriction.LOGIN
    )

    assert section_html(entry) == "<p>See the guide</p>"


def test_deleting_the_page_takes_the_link_away():
    target = page("Guide")
    entry = question_about(page_link(target))

    target.delete()

    assert section_html(entry) == "<p>See the guide</p>"


def test_an_image_is_embedded_in_the_named_sizes():
    entry = question_about(image_block(image()))

    block = PublishedEntry.objects.get(pk=entry.pk).body["sections"][0]["blocks"][0]
    assert [one["name"] for one in block["image"]["renditions"]] == [
        "thumbnail",
        "small",
        "medium",
        "large",
    ]
    assert block["alt"] == "A chart"


def test_a_changed_image_is_embedded_anew():
    picture = image()
    entry = question_about(image_block(picture))

    picture.credit = "Ada"
    picture.save()

    block = PublishedEntry.objects.get(pk=entry.pk).body["sections"][0]["blocks"][0]
    assert block["image"]["credit"] == "Ada"


def test_a_deleted_image_disappears():
    picture = image()
    entry = question_about(image_block(picture))

    picture.delete()

    assert PublishedEntry.objects.get(pk=entry.pk).body["sections"] == []


def test_an_image_below_a_restricted_collection_is_not_shown():
    parent = Collection.get_first_root_node().add_child(name="Internal")
    child = parent.add_child(name="Drafts")
    picture = image()
    picture.collection = child
    picture.save()
    entry = question_about(image_block(picture))
    assert PublishedEntry.objects.get(pk=entry.pk).body["sections"]

    CollectionViewRestriction.objects.create(
        collection=parent, restriction_type=CollectionViewRestriction.LOGIN
    )

    assert PublishedEntry.objects.get(pk=entry.pk).body["sections"] == []


def is_shown(entry) -> bool:
    return PublishedEntry.objects.get(pk=entry.pk).body["sections"] != []


def image_in(collection: Collection):
    picture = image()
    picture.collection = collection
    picture.save()
    return picture


def test_a_collection_that_moves_below_a_private_one_takes_its_images_along():
    root = Collection.get_first_root_node()
    internal = root.add_child(name="Internal")
    public = Collection.get_first_root_node().add_child(name="Public")
    entry = question_about(image_block(image_in(public)))
    CollectionViewRestriction.objects.create(
        collection=internal, restriction_type=CollectionViewRestriction.LOGIN
    )
    assert is_shown(entry)

    Collection.objects.get(pk=public.pk).move(
        Collection.objects.get(pk=internal.pk), "sorted-child"
    )
    assert not is_shown(entry)

    Collection.objects.get(pk=public.pk).move(Collection.get_first_root_node(), "sorted-child")
    assert is_shown(entry)


def test_images_put_into_a_private_collection_in_bulk_disappear(client, admin_user):
    internal = Collection.get_first_root_node().add_child(name="Internal")
    CollectionViewRestriction.objects.create(
        collection=internal, restriction_type=CollectionViewRestriction.LOGIN
    )
    picture = image()
    entry = question_about(image_block(picture))
    before = ContentVersion.current()
    client.force_login(admin_user)

    client.post(
        f"/admin/bulk/media/customimage/add_to_collection/?id={picture.pk}&next=/admin/images/",
        {"collection": internal.pk},
    )

    picture.refresh_from_db()
    assert picture.collection == internal
    assert not is_shown(entry)
    assert ContentVersion.current() > before


def test_a_document_link_follows_its_document():
    from django.core.files.base import ContentFile

    document = get_document_model().objects.create(
        title="Sheet", file=ContentFile(b"x", name="sheet.txt")
    )
    block = ("paragraph", f'<p><a linktype="document" id="{document.pk}">sheet</a></p>')
    entry = question_about(block)
    assert f"/documents/{document.pk}/" in section_html(entry)

    document.delete()

    assert section_html(entry) == "<p>sheet</p>"
