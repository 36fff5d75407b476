from __future__ import annotations

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from community.notifications.models import Notification
from community.notifications.selectors import unread_count
from community.notifications.tests.test_services import tell
from tests.sessions import SESSIONS_CACHED

URL = "/notifications/"


def titles(response) -> list[str]:
    soup = BeautifulSoup(response.content, "html.parser")
    return [
        link.get_text().replace("Unread: ", "").strip()
        for link in soup.select(".notification__link")
    ]


@pytest.mark.django_db
class TestNotificationListView:
    def test_visitors_log_in_first(self, client) -> None:
        response = client.get(URL)

        assert response.status_code == 302
        assert response["Location"].endswith("?next=/notifications/")

    def test_it_lists_ones_own_newest_first(self, client_for, learner, outsider) -> None:
        tell(learner, "a", title="First")
        tell(learner, "b", title="Second")
        tell(outsider, "c", title="Private")

        response = client_for(learner).get(URL)

        assert titles(response) == ["Second", "First"]
        assert "no-store" in response["Cache-Control"]

    def test_unread_only(self, client_for, learner) -> None:
        tell(learner, "a", title="First")
        tell(learner, "b", title="Second")
        client = client_for(learner)
        client.post(
            reverse(
                "community:notification_read", args=[Notification.objects.get(title="First").pk]
            )
        )

        assert titles(client.get(URL)) == ["Second", "First"]
        assert titles(client.get(URL, {"filter": "unread"})) == ["Second"]

    def test_pages(self, client_for, learner) -> None:
        for number in range(25):
            tell(learner, str(number), title=f"No {number}")
        client = client_for(learner)

        assert len(titles(client.get(URL))) == 20
        assert titles(client.get(URL, {"page": 2})) == ["No 4", "No 3", "No 2", "No 1", "No 0"]
        for page in ("0", "-1", "999999999999", "x", "\x00"):
            assert client.get(URL, {"page": page}).status_code == 200

    def test_it_says_so_when_there_is_nothing(self, client_for, learner) -> None:
        client = client_for(learner)

        assert b"Nothing yet." in client.get(URL).content
        assert b"You have read everything." in client.get(URL, {"filter": "unread"}).content

    def test_markup_in_titles_is_text(self, client_for, learner) -> None:
        tell(learner, title="<script>alert(1)</script>")

        response = client_for(learner).get(URL)

        assert titles(response) == ["<script>alert(1)</script>"]
        assert b"<script>alert(1)" not in response.content

    def test_with_htmx_it_is_the_list_alone(self, client_for, learner) -> None:
        response = client_for(learner).get(URL, headers={"hx-request": "true"})

        assert b"<html" not in response.content
        assert b'id="notifications"' in response.content

    def test_its_cost_does_not_grow(self, client_for, learner, django_assert_num_queries) -> None:
        client = client_for(learner)
        tell(learner, "first")
        client.get(URL)
        with django_assert_num_queries(QUERIES):
            client.get(URL)
        for number in range(50):
            tell(learner, str(number))

        with django_assert_num_queries(QUERIES):
            client.get(URL)


# Session, person, count for the tab, rows and their number, and the bell's own count.
QUERIES = 6 - SESSIONS_CACHED


@pytest.mark.django_db
class TestMarking:
    def test_one(self, client_for, learner) -> None:
        notification = tell(learner)

        response = client_for(learner).post(
            reverse("community:notification_read", args=[notification.pk]), {"filter": "unread"}
        )

        assert response["Location"] == "/notifications/?filter=unread"
        assert unread_count(learner) == 0

    def test_quietly(self, client_for, learner) -> None:
        url = reverse("community:notification_read", args=[tell(learner).pk])

        assert client_for(learner).post(url, {"quiet": "1"}).status_code == 204

    def test_all(self, client_for, learner) -> None:
        for key in "abc":
            tell(learner, key)

        response = client_for(learner).post(
            reverse("community:notifications_read_all"), {"filter": "//evil.example"}
        )

        assert response["Location"] == "/notifications/"
        assert unread_count(learner) == 0

    def test_other_peoples_stay_unread_and_the_answer_tells_nothing(
        self, client_for, learner, outsider
    ) -> None:
        client = client_for(outsider)
        foreign = client.post(reverse("community:notification_read", args=[tell(learner).pk]))
        unknown = client.post(reverse("community:notification_read", args=[uuid4()]))

        assert (foreign.status_code, foreign["Location"]) == (
            unknown.status_code,
            unknown["Location"],
        )
        assert unread_count(learner) == 1

    def test_reading_changes_nothing_by_get(self, client_for, learner) -> None:
        notification = tell(learner)
        client = client_for(learner)

        for url in (
            reverse("community:notification_read", args=[notification.pk]),
            reverse("community:notifications_read_all"),
        ):
            assert client.get(url).status_code == 405
        assert unread_count(learner) == 1


@pytest.mark.django_db
class TestBell:
    def test_every_page_shows_the_number(self, client_for, learner) -> None:
        for key in "abc":
            tell(learner, key)

        soup = BeautifulSoup(client_for(learner).get("/certificates/").content, "html.parser")

        assert soup.select_one("[data-unread-count]").get_text(" ").split()[0] == "3"

    def test_visitors_have_none(self, client) -> None:
        assert not BeautifulSoup(client.get("/certificates/").content, "html.parser").select(
            "[data-unread-count]"
        )
