"""The pages and groups without which the portal is no portal.

Run after every `migrate` and harmless when everything is there: a fresh database gets its
locale, its root page, the home page with catalogue, blog and FAQ, and the groups with their
permissions.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from wagtail.models import Collection, Locale, Page, Site

from accounts.groups import ensure_groups
from blog.models import BlogIndexPage
from courses.models import CourseIndexPage
from home.models import HomePage
from support.models import FaqIndexPage


def ensure_portal(**_kwargs: Any) -> None:
    """Make what is missing of the site's frame."""
    locale, _created = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    if not Collection.objects.filter(depth=1).exists():
        Collection.add_root(name="Root")
    root = Page.objects.filter(depth=1).first() or Page.add_root(
        title="Root", slug="root", locale=locale
    )
    home = HomePage.objects.first()
    if home is None:
        home = _make_home(root, locale)
    _ensure_index(home, CourseIndexPage, title=_("Courses"), slug="courses")
    _ensure_index(home, BlogIndexPage, title=_("Blog"), slug="blog")
    _ensure_index(home, FaqIndexPage, title=_("Questions and answers"), slug="faq")
    ensure_groups()


def ensure_portal_after_migrate(sender: Any, **_kwargs: Any) -> None:
    """Receiver of `post_migrate`: acts once, when the last app has got its permissions."""
    with_models = [config for config in apps.get_app_configs() if config.models_module is not None]
    if sender is with_models[-1] and _is_migrated():
        ensure_portal()


def _is_migrated() -> bool:
    return HomePage._meta.db_table in connection.introspection.table_names()


def _make_home(root: Page, locale: Locale) -> HomePage:
    # Wagtail's first migration leaves a page "Welcome to your new Wagtail site!" as the root of the
    # default site.
    welcome = Page.objects.filter(depth=2, slug="home").first()
    if welcome is not None and welcome.specific_class is Page:
        welcome.delete()
        root = Page.objects.get(pk=root.pk)
    home = root.add_child(instance=HomePage(title=_("Home"), slug="home", locale=locale))
    home.save_revision().publish()
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", is_default_site=True
    )
    site.root_page = home
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.hostname = settings.FRONTEND_HOST
    site.port = settings.FRONTEND_PORT
    site.save()
    return home


def _ensure_index(home: HomePage, model: type[Page], *, title: str, slug: str) -> None:
    if model.objects.exists():
        return
    page = home.add_child(instance=model(title=title, slug=slug, show_in_menus=True))
    page.save_revision().publish()
