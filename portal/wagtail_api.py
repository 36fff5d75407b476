"""The Wagtail API: published content for headless clients, gated like every other door.

Every filter of the API works on `get_base_queryset`, so what a caller may not see cannot be
listed, counted, searched, ordered or reached through a relation.
"""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import FieldError, ValidationError
from django.db import DataError
from django.db.models import Q, QuerySet
from django.urls import URLPattern, path
from django.utils.functional import SimpleLazyObject, cached_property
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.serializers import (
    PageAliasOfField,
    PageHtmlUrlField,
    PageSerializer,
    RelatedField,
)
from wagtail.api.v2.utils import BadRequestError, get_restricted_collection_ids
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.contrib.redirects.api.v2 import RedirectsAPIViewSet
from wagtail.documents import get_document_model
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import Collection, Page
from wagtail.search.backends.base import FilterFieldError, OrderByFieldError

from courses.models import LessonPage
from learning.access import visible_pages
from portal.common.rest.authentication import PortalSessionAuthentication
from search.gate import readable_pages

# What a caller's parameters can raise on their way through filters and the database.
BAD_PARAMETERS = (
    ValueError,
    ValidationError,
    FieldError,
    DataError,
    OverflowError,
    FilterFieldError,
    OrderByFieldError,
)
# What a page in a list says of itself when the caller names no fields.
LISTED_FIELDS = ("title", "slug", "url_path", "first_published_at", "content_type")
# What pages in a list may name when the caller asks for more.
LISTED_RELATIONS = ("locale", "category", "instructor", "author", "topic")


class _PublicEndpoint(BaseAPIViewSet):
    """Readable by everybody; what they see depends on who they are."""

    authentication_classes: ClassVar = [PortalSessionAuthentication]
    permission_classes: ClassVar = [AllowAny]
    renderer_classes = [JSONRenderer]

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, BAD_PARAMETERS):
            exc = BadRequestError("a parameter has a value that cannot be used")
        return super().handle_exception(exc)


class SafeRelatedField(RelatedField):
    """A relation to a page that the caller may not see is null."""

    def get_attribute(self, instance: Any) -> Any:
        value = super().get_attribute(instance)
        if (
            isinstance(value, Page)
            and not self.context["base_queryset"].filter(pk=value.pk).exists()
        ):
            return None
        return value


class SafeAliasOf(PageAliasOfField):
    """The same for the page that a page is an alias of."""

    def get_attribute(self, instance: Any) -> Any:
        value = super().get_attribute(instance)
        return (
            value if value and self.context["base_queryset"].filter(pk=value.pk).exists() else None
        )


class SharedHtmlUrl(PageHtmlUrlField):
    """The address of a page; where the sites begin is looked up once per request."""

    def to_representation(self, page: Page) -> str | None:
        return page.get_full_url(self.context["request"])


class PortalPageSerializer(PageSerializer):
    """A page. A free preview also carries its body; no other unit's content ever passes here."""

    serializer_related_field = SafeRelatedField
    alias_of = SafeAliasOf(read_only=True)
    html_url = SharedHtmlUrl(read_only=True)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        data = super().to_representation(instance)
        if (
            isinstance(instance, LessonPage)
            and instance.is_preview
            and self.context["view"].action == "detail_view"
        ):
            data["body"] = instance.body.stream_block.get_api_representation(
                instance.body, self.context
            )
        return data


class PortalPagesAPI(_PublicEndpoint, PagesAPIViewSet):
    """Published pages, by id, by public id, and by address."""

    base_serializer_class = PortalPageSerializer

    def get_base_queryset(self) -> QuerySet[Page]:
        return self._visible_pages.all()

    def get_queryset(self) -> QuerySet[Page]:
        pages = super().get_queryset()
        if self.action != "listing_view":
            return pages
        if "fields" not in self.request.GET:
            return pages.only(*LISTED_FIELDS)
        fields = {field.name for field in pages.model._meta.concrete_fields}
        return pages.select_related(*(name for name in LISTED_RELATIONS if name in fields))

    @cached_property
    def _visible_pages(self) -> QuerySet[Page]:
        """What the caller may see. A view lives for one request, which asks for this several
        times.
        """
        pages = super().get_base_queryset()
        if "search" in self.request.GET:
            # Words of a unit that is still locked must not answer a search either.
            return readable_pages(self.request.user, pages)
        return visible_pages(self.request.user, pages)

    def get_serializer_context(self) -> dict[str, Any]:
        # Only few pages hold a document.
        documents = SimpleLazyObject(
            lambda: get_document_model().objects.exclude(
                collection__in=private_collections(self.request)
            )
        )
        return super().get_serializer_context() | {"listed_documents": documents}

    def get_object(self) -> Page:
        if "uuid" in self.kwargs and not hasattr(self, "_cached_object"):
            self.kwargs["pk"] = self._id_of(self.kwargs["uuid"])
        return super().get_object()

    def detail_view(
        self, request: Request, pk: int | None = None, uuid: UUID | None = None
    ) -> Response:
        return super().detail_view(request, pk)

    def _id_of(self, uuid: UUID) -> int:
        """Return the page of a public id: in the wanted language, else in the first one that
        exists.
        """
        pages = self.get_queryset().filter(translation_key=uuid).order_by("locale_id", "pk")
        wanted = self.request.GET.get("locale")
        if wanted:
            pages = pages.filter(locale__language_code=wanted)
        return pages.values_list("pk", flat=True).first() or 0

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        by_uuid = path("<uuid:uuid>/", cls.as_view({"get": "detail_view"}), name="detail-by-uuid")
        return [*super().get_urlpatterns(), by_uuid]


def private_collections(request: Request) -> QuerySet[Collection]:
    """Return the collections whose files are not listed: those of courses and restricted ones, with
    all below them.
    """
    hidden = Q(pk__in=get_restricted_collection_ids(request))
    for tree_path in Collection.objects.filter(course_workspace__isnull=False).values_list(
        "path", flat=True
    ):
        hidden |= Q(path__startswith=tree_path)
    return Collection.objects.filter(hidden)


class PortalImagesAPI(_PublicEndpoint, ImagesAPIViewSet):
    """Images outside private collections."""

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().exclude(collection__in=private_collections(self.request))


class PortalDocumentsAPI(_PublicEndpoint, DocumentsAPIViewSet):
    """Documents outside private collections."""

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().exclude(collection__in=private_collections(self.request))


class PortalRedirectsAPI(_PublicEndpoint, RedirectsAPIViewSet):
    """Redirects to addresses and to pages that the caller may see."""

    def get_queryset(self) -> QuerySet[Any]:
        visible = visible_pages(self.request.user, Page.objects.all()).values("pk")
        return (
            super()
            .get_queryset()
            .filter(Q(redirect_page__isnull=True) | Q(redirect_page__in=visible))
        )


api_router = WagtailAPIRouter("wagtailapi")
api_router.register_endpoint("pages", PortalPagesAPI)
api_router.register_endpoint("images", PortalImagesAPI)
api_router.register_endpoint("documents", PortalDocumentsAPI)
api_router.register_endpoint("redirects", PortalRedirectsAPI)
