"""Images and documents of the media library, as far as they are public.

Invariant: a file in a restricted collection, or in one below it, does not exist here. Sizes
are the named ones that were made when the image was saved; none is made on request.
"""

from collections.abc import Sequence
from typing import Any

import graphene
from graphene_django import DjangoObjectType
from grapple.registry import registry

from cms.media.models import CustomDocument
from cms.media.renditions import RENDITIONS, image_document
from cms.publishing.visibility import visible_documents, visible_images
from graphql_api.context import RequestContext
from graphql_api.errors import ApiError, ErrorCode
from graphql_api.knowledge.documents import DocumentType, listed, text
from graphql_api.knowledge.enums import labelled
from graphql_api.knowledge.global_ids import global_id, read_global_id
from graphql_api.knowledge.node import FoundNode, Node, register_node
from graphql_api.ordering import Key, Order
from graphql_api.pagination import Page, page_request, read_page
from graphql_api.pagination_types import connection_type, paging_arguments
from graphql_api.scalars import DateTime

RenditionName = labelled(
    "RenditionName",
    "The sizes an image comes in.",
    {
        "thumbnail": "320 by 180 pixels, cropped around the focal point.",
        "small": "At most 640 pixels wide.",
        "medium": "At most 1024 pixels wide.",
        "large": "At most 1600 pixels wide.",
    },
)
if set(RenditionName._meta.enum.__members__) != set(RENDITIONS):
    raise RuntimeError("RenditionName must name the sizes of cms.media.renditions.")

NEWEST_FIRST = Order(
    "NEWEST",
    (Key("id", int, descending=True),),
    "The files uploaded last come first.",
)


class ImageRendition(DocumentType):
    """An image in one of the named sizes."""

    name = RenditionName(required=True, description="Which size it is.")
    url = text("Where the file is.")
    width = graphene.Int(required=True, description="Width in pixels.")
    height = graphene.Int(required=True, description="Height in pixels.")


class Image(DocumentType):
    """An image of the media library."""

    class Meta:
        interfaces = (Node,)

    id = graphene.ID(required=True, description="For `image(id:)` and `node`.")
    title = text("Title in the media library.")
    alt = text("What it tells someone who cannot see it; empty when nothing was written.")
    credit = text("Whom to credit; empty when nobody.")
    licence = text("SPDX identifier of its licence; empty when the site's own applies.")
    width = graphene.Int(required=True, description="Width of the original in pixels.")
    height = graphene.Int(required=True, description="Height of the original in pixels.")
    renditions = listed(ImageRendition, "The sizes there are, from the smallest.")
    rendition = graphene.Field(
        ImageRendition,
        name=RenditionName(required=True, description="Which size."),
        description="The image in one size; null when that size could not be made.",
    )

    @staticmethod
    def resolve_id(image: dict[str, Any], info: graphene.ResolveInfo) -> str:
        return global_id("Image", image["id"])

    @staticmethod
    def resolve_rendition(
        image: dict[str, Any], info: graphene.ResolveInfo, name: Any
    ) -> dict[str, Any] | None:
        wanted = getattr(name, "value", name)
        return next((one for one in image["renditions"] if one["name"] == wanted), None)


class Document(DjangoObjectType):
    """A file to download."""

    class Meta:
        model = CustomDocument
        fields = ()
        interfaces = (Node,)
        use_connection = False

    id = graphene.ID(required=True, description="For `document(id:)` and `node`.")
    title = text("Title in the media library.")
    filename = text("Name of the file.")
    extension = text("The name's ending without the dot, for example `pdf`.")
    file_size = graphene.Int(description="Size in bytes; null when it is not known.")
    licence = text("SPDX identifier of its licence; empty when the site's own applies.")
    url = text("Where to download it.")
    created_at = DateTime(required=True, description="When it was uploaded.")

    def resolve_id(self, info: graphene.ResolveInfo) -> str:
        return global_id("Document", self.pk)

    def resolve_extension(self, info: graphene.ResolveInfo) -> str:
        return self.file_extension

    def resolve_file_size(self, info: graphene.ResolveInfo) -> int | None:
        # The upload limit keeps sizes well inside GraphQL's Int.
        return self.file_size


registry.documents[CustomDocument] = Document

ImageConnection = connection_type(Image, "images")
DocumentConnection = connection_type(Document, "documents")


def key_of(type_name: str, value: str, called: str) -> int:
    """The primary key in the id ``value``. Raises ``ApiError`` for the id of something else."""
    asked = read_global_id(value)
    if asked.type_name != type_name:
        raise ApiError(ErrorCode.BAD_USER_INPUT, f"This is not the id of {called}.")
    return asked.pk


def image_by_id(pk: int) -> dict[str, Any] | None:
    """The public image ``pk``. Two statements and one for the restrictions."""
    image = visible_images().filter(pk=pk).first()
    return image_document(image) if image else None


def document_by_id(pk: int) -> CustomDocument | None:
    """The public document ``pk``."""
    return visible_documents().filter(pk=pk).first()


def _images(pks: list[int]) -> list[dict[str, Any]]:
    found = {image.pk: image for image in visible_images().filter(pk__in=pks)}
    return [image_document(found[pk]) for pk in pks if pk in found]


def _documents(pks: list[int]) -> list[CustomDocument]:
    found = visible_documents().in_bulk(pks)
    return [found[pk] for pk in pks if pk in found]


class ImageNode(FoundNode):
    """An image that came by its id."""


def image_nodes(pks: Sequence[int], context: RequestContext) -> dict[int, ImageNode]:
    """The public images among ``pks``, by primary key."""
    return {image["id"]: ImageNode(image) for image in _images(list(pks))}


def document_nodes(pks: Sequence[int], context: RequestContext) -> dict[int, CustomDocument]:
    """The public documents among ``pks``, by primary key."""
    return visible_documents().in_bulk(pks)


register_node(ImageNode, Image, image_nodes)
register_node(CustomDocument, Document, document_nodes)


class MediaQuery(graphene.ObjectType):
    """The media library, as far as it is public."""

    image = graphene.Field(
        Image,
        id=graphene.ID(required=True, description="The `id` of an image."),
        description="One image; null when there is none or it is not public.",
    )
    images = graphene.Field(
        graphene.NonNull(ImageConnection),
        description="The public images, newest first.",
        args=paging_arguments(),
    )
    document = graphene.Field(
        Document,
        id=graphene.ID(required=True, description="The `id` of a document."),
        description="One document; null when there is none or it is not public.",
    )
    documents = graphene.Field(
        graphene.NonNull(DocumentConnection),
        description="The public documents, newest first.",
        args=paging_arguments(),
    )

    @staticmethod
    def resolve_image(root: None, info: graphene.ResolveInfo, id: str) -> dict[str, Any] | None:
        return image_by_id(key_of("Image", id, "an image"))

    @staticmethod
    def resolve_images(root: None, info: graphene.ResolveInfo, **paging: Any) -> Page:
        return read_page(
            visible_images().prefetch_related(None),
            page_request(**paging),
            NEWEST_FIRST,
            "images",
            columns=("id",),
            make=lambda rows: _images([pk for (pk,) in rows]),
        )

    @staticmethod
    def resolve_document(root: None, info: graphene.ResolveInfo, id: str) -> CustomDocument | None:
        return document_by_id(key_of("Document", id, "a document"))

    @staticmethod
    def resolve_documents(root: None, info: graphene.ResolveInfo, **paging: Any) -> Page:
        return read_page(
            visible_documents(),
            page_request(**paging),
            NEWEST_FIRST,
            "documents",
            columns=("id",),
            make=lambda rows: _documents([pk for (pk,) in rows]),
        )
