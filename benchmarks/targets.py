"""What is measured, and what it may cost."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from benchmarks.client import Request

Plan = dict[str, Any]
# Names of the references in the table.
H, W, R = "H", "W", "R"


@dataclass(frozen=True)
class Target:
    """One row of the table.

    `limit` is a multiple of the reference (`H`, `W`, `R` or the name of another target).
    """

    name: str
    requests: Callable[[Plan], list[Request]]
    contains: str = ""
    reference: str = ""
    limit: float | None = None
    # Each request can be sent only once: it changes what it finds.
    once: bool = False
    # Measured on the small school as well: what it costs must not grow with the tables.
    grows: bool = False

    def iterate(self, plan: Plan) -> Iterator[Request]:
        requests = self.requests(plan)
        return iter(requests) if self.once else cycle(requests)


def _always(path: str, method: str = "GET") -> Callable[[Plan], list[Request]]:
    return lambda plan: [Request(path, method)]


def _course_stored(plan: Plan) -> list[Request]:
    return [Request(plan["courses"][0])]


def _course_not_stored(plan: Plan) -> list[Request]:
    # A page with parameters is not stored.
    return [Request(f"{url}?n={{n}}") for url in plan["courses"]]


def _course_of_learner(plan: Plan) -> list[Request]:
    return [
        Request(own["url"], session=one["session"])
        for own_number in range(3)
        for one in plan["learners"]
        for own in [one["courses"][own_number % len(one["courses"])]]
    ]


def _search(plan: Plan, path: str, *, is_rare: bool) -> list[Request]:
    if is_rare:
        # The number in its title makes a course the only one with these words.
        texts = [title.replace(" and ", " ").replace(" ", "+") for title in plan["titles"]]
    else:
        texts = ["story+rhythm", "climate+orbit", "memory+design", "question+reason"]
    return [Request(f"{path}?q={text}&n={{n}}") for text in texts]


def _catalog_rare(plan: Plan) -> list[Request]:
    return _search(plan, "/courses/", is_rare=True)


def _catalog_common(plan: Plan) -> list[Request]:
    return _search(plan, "/courses/", is_rare=False)


def _site_search(plan: Plan) -> list[Request]:
    return _search(plan, "/search/", is_rare=False)


def _lessons(plan: Plan) -> list[Request]:
    return [
        Request(one["courses"][number]["lessons"][number]["url"], session=one["session"])
        for number in (0, 1)
        for one in plan["learners"]
    ]


def _long_lesson(name: str) -> Callable[[Plan], list[Request]]:
    return lambda plan: [Request(plan[name], session=one["session"]) for one in plan["learners"]]


def _progress(plan: Plan) -> list[Request]:
    body = json.dumps({"position_seconds": 12.5, "active_seconds": 10})
    return [
        Request(_unit(lesson, "progress"), "PATCH", one["session"], body)
        for number in range(8)
        for one in plan["learners"]
        for lesson in [one["courses"][number]["lessons"][number]]
    ]


def _complete(plan: Plan) -> list[Request]:
    # The first unit of each course is done already.
    return [
        Request(_unit(course["lessons"][number], "complete"), "POST", one["session"], "{}")
        for number in range(1, 24)
        for course_number in range(8)
        for one in plan["learners"]
        for course in [one["courses"][course_number]]
    ]


def _unit(lesson: dict[str, str], verb: str) -> str:
    return f"/api/learning/units/{lesson['uuid']}/{verb}/"


def _quiz_save(plan: Plan) -> list[Request]:
    return [
        Request(
            f"/api/learning/attempts/{one['attempt']['id']}/responses/{one['attempt']['question']}/",
            "PUT",
            one["session"],
            f'{{"response": {answer}, "sequence": {{n}}}}',
        )
        for answer in ("true", "false")
        for one in plan["learners"]
    ]


def _dashboard(plan: Plan) -> list[Request]:
    return [Request("/dashboard/", session=one["session"]) for one in plan["learners"]]


TARGETS = [
    Target(H, _always("/benchmark-hello/"), "hello"),
    Target(W, _always("/benchmark-empty/")),
    Target(R, _always("/benchmark-rows/"), "items"),
    Target("hello behind the portal's middleware", _always("/own-middleware-hello/"), "hello"),
    Target("course page, visitor, stored", _course_stored, "Module 1", H, 1.0),
    Target("course page, visitor, not stored", _course_not_stored, "Module 1", W, 1.2),
    Target("course page, learner", _course_of_learner, "Lesson 1", W, 0.93),
    Target("catalogue, first page, not stored", _always("/courses/?n={n}"), "school-course"),
    Target("catalogue search, rare words", _catalog_rare, "school-course", grows=True),
    Target("catalogue search, common words", _catalog_common, "school-course", grows=True),
    Target("search everywhere, common words", _site_search, "school-course", grows=True),
    Target("lesson, learner", _lessons, "Lesson", W, 1.0, grows=True),
    Target("long lesson without links", _long_lesson("lesson_plain"), "Plain"),
    Target(
        "long lesson with 30 links", _long_lesson("lesson_linked"), "See there",
        "long lesson without links", 1.1,
    ),
    Target("progress write (PATCH)", _progress, "position", W, 0.4, grows=True),
    Target("unit completed (POST)", _complete, "is_completed", once=True, grows=True),
    Target("quiz answer saved (PUT)", _quiz_save, "saved_at", grows=True),
    Target("dashboard, learner", _dashboard, "school-course", grows=True),
    Target(
        "Wagtail API, 20 courses",
        _always("/api/v2/pages/?type=courses.CoursePage&limit=20"), "items", R, 2.2,
    ),
]  # fmt: skip
# No more than twice the cost at a thousand times the records.
GROWTH_LIMIT = 2.0
