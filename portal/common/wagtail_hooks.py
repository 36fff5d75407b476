"""What the kernel adds to Wagtail."""

from __future__ import annotations

from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from portal.common.page_links import RememberingPageLinkHandler


# After Wagtail's own handler of page links, in whose place it comes.
@hooks.register("register_rich_text_features", order=10)
def register_page_links(features: FeatureRegistry) -> None:
    features.register_link_type(RememberingPageLinkHandler)
