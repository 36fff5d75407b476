"""The editorial pages of the demo content: home, landing pages, blog, FAQ, navigation."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from wagtail.models import Collection, Page, Site

from accounts.models import User
from blog.models import BlogCategory, BlogIndexPage, BlogPage
from home.demo.files import DemoFiles
from home.demo.rich_text import rich_text
from home.demo.streams import stable_id, stream
from home.models import HomePage, LandingPage, SiteSettings
from support.models import FaqIndexPage, FaqPage, FaqTopic

COLLECTION = "Site"


def site_files() -> DemoFiles:
    """Return the files of the editorial pages, in a public collection."""
    root = Collection.get_first_root_node()
    collection = root.get_children().filter(name=COLLECTION).first() or root.add_child(
        name=COLLECTION
    )
    return DemoFiles(collection)


def load_home(described: dict[str, Any], files: DemoFiles) -> HomePage:
    """Write the home page, unless an editor already has."""
    home = HomePage.objects.get()
    if not home.body:
        home.title = described.get("title", home.title)
        home.search_description = described.get("search_description", "")
        home.body = stream(described["blocks"], files=files, place="home")
        home.save_revision().publish()
    return home


def load_landing_page(described: dict[str, Any], files: DemoFiles) -> LandingPage:
    """Make a landing page below the home page."""
    home = HomePage.objects.get()
    existing = LandingPage.objects.child_of(home).filter(slug=described["slug"]).first()
    if existing is not None:
        return existing
    page = home.add_child(
        instance=LandingPage(
            title=described["title"],
            slug=described["slug"],
            search_description=described.get("search_description", ""),
            body=stream(described["blocks"], files=files, place=described["slug"]),
            live=False,
        )
    )
    return _published(page)


def load_post(described: dict[str, Any], files: DemoFiles) -> None:
    """Make an article of the blog."""
    index = BlogIndexPage.objects.get()
    if BlogPage.objects.child_of(index).filter(slug=described["slug"]).exists():
        return
    category, _created = BlogCategory.objects.get_or_create(
        slug=slugify(described["category"]), defaults={"name": described["category"]}
    )
    post = BlogPage(
        title=described["title"],
        slug=described["slug"],
        introduction=(
            described.get("introduction") or described.get("intro") or described.get("subtitle", "")
        ).strip(),
        author=User.objects.get(email=described["author"]),
        date=described["date"],
        category=category,
        cover=files.picture(described["cover"], alt=described.get("cover_alt", "")),
        body=stream(described["body"], files=files, place=f"blog/{described['slug']}"),
        live=False,
    )
    post.tags.add(*described["tags"])
    _published(index.add_child(instance=post))


def load_questions(topics: list[dict[str, Any]]) -> None:
    """Make the questions and answers."""
    index = FaqIndexPage.objects.get()
    for position, described in enumerate(topics):
        topic, _created = FaqTopic.objects.update_or_create(
            slug=described["slug"], defaults={"name": described["name"], "position": position}
        )
        for question in described["questions"]:
            if FaqPage.objects.child_of(index).filter(slug=question["slug"]).exists():
                continue
            page = FaqPage(
                title=question["question"],
                slug=question["slug"],
                topic=topic,
                answer=rich_text(question["answer"]),
                live=False,
            )
            _published(index.add_child(instance=page))


def load_navigation(described: dict[str, Any]) -> None:
    """Write brand, navigation and footer, unless somebody already has."""
    site = Site.objects.get(is_default_site=True)
    settings = SiteSettings.for_site(site)
    if settings.navigation:
        return
    settings.brand_name = described.get("brand_name", settings.brand_name)
    settings.tagline = described.get("tagline", "")
    settings.footer_note = described.get("footer_note", "")
    settings.navigation = [
        {"type": "link", "value": _link(link), "id": stable_id("navigation", index)}
        for index, link in enumerate(described["primary"])
    ]
    settings.footer = [
        {
            "type": "column",
            "value": {"title": column["title"], "links": [_link(link) for link in column["links"]]},
            "id": stable_id("footer", index),
        }
        for index, column in enumerate(described["footer"])
    ]
    settings.save()


def _link(described: dict[str, str]) -> dict[str, Any]:
    return {"title": described["title"], "page": None, "link": described["url"]}


def _published(page: Page) -> Any:
    page.save_revision(user=page.owner).publish()
    return page
