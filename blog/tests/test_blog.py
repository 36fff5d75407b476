"""The blog: list, article, feed."""

from __future__ import annotations

import json
import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.test import Client

from accounts.models import User
from blog.models import BlogCategory, BlogIndexPage, BlogPage
from tests.factories import paragraph, publish

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def articles(instructor: User) -> list[BlogPage]:
    category = BlogCategory.objects.create(name="Craft", slug="craft")
    index = BlogIndexPage.objects.get()
    made = []
    for number in range(11):
        article = BlogPage(
            title=f"Article {number}", introduction=f"Introduction {number}.", date=date(2026, 1, 1 + number),
            author=instructor, category=category if number == 0 else None, body=[paragraph("Text & more.")], live=False,
        )  # fmt: skip
        index.add_child(instance=article)
        if number == 1:
            article.tags.add("Yeast")
        made.append(publish(article))
    return made


class TestList:
    def test_it_shows_the_newest_first_and_pages(
        self, articles: list[BlogPage], client: Client
    ) -> None:
        first = client.get("/blog/").context["posts"]
        second = client.get("/blog/?page=2").context["posts"]

        assert [post.title for post in first][:2] == ["Article 10", "Article 9"]
        assert [post.title for post in second] == ["Article 1", "Article 0"]

    @pytest.mark.parametrize(
        ("place", "titles"),
        [
            ("category/craft/", ["Article 0"]),
            ("tag/yeast/", ["Article 1"]),
            ("category/gone/", []),
            ("tag/gone/", []),
        ],
    )
    def test_it_narrows(
        self, articles: list[BlogPage], client: Client, place: str, titles: list[str]
    ) -> None:
        response = client.get(f"/blog/{place}")

        assert response.status_code == 200
        assert [post.title for post in response.context["posts"]] == titles

    @pytest.mark.parametrize("page", ["-1", "0", "999999", "x", "%00"])
    def test_any_page_number_is_answered(
        self, articles: list[BlogPage], client: Client, page: str
    ) -> None:
        assert client.get(f"/blog/?page={page}").status_code == 200


class TestArticle:
    def test_it_tells_search_engines_what_it_is(
        self, articles: list[BlogPage], client: Client
    ) -> None:
        html = client.get(articles[1].url).content.decode()

        data = json.loads(
            re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S).group(1)
        )
        assert [one["@type"] for one in data] == ["BlogPosting", "BreadcrumbList"]
        assert 'property="og:type" content="article"' in html
        assert "Introduction 1." in html
        assert "/blog/tag/yeast/" in html

    def test_it_leads_to_others(self, articles: list[BlogPage], client: Client) -> None:
        more = client.get(articles[0].url).context["more_posts"]

        assert [post.title for post in more] == ["Article 10", "Article 9", "Article 8"]


class TestFeed:
    def test_it_is_valid_atom(self, articles: list[BlogPage], client: Client) -> None:
        response = client.get("/blog/feed/")

        assert response["Content-Type"].startswith("application/atom+xml")
        feed = ElementTree.fromstring(response.content)  # noqa: S314  our own
        assert feed.tag == f"{ATOM}feed"
        for name in ("title", "id", "updated", "link"):
            assert feed.find(f"{ATOM}{name}") is not None, name
        entries = feed.findall(f"{ATOM}entry")
        assert [entry.findtext(f"{ATOM}title") for entry in entries][:2] == [
            "Article 10",
            "Article 9",
        ]
        for entry in entries:
            for name in ("id", "updated", "link", "author"):
                assert entry.find(f"{ATOM}{name}") is not None, name
            assert entry.find(f"{ATOM}link").get("href").startswith("http://testserver/blog/")

    def test_it_holds_published_articles_only(
        self, articles: list[BlogPage], client: Client
    ) -> None:
        articles[3].unpublish()

        assert "Article 3" not in client.get("/blog/feed/").content.decode()
