from __future__ import annotations

from types import SimpleNamespace
from uuid import uuid4

import pytest

from analytics.models import ActivityEvent
from learning.signals import (
    attempt_graded,
    certificate_issued,
    course_completed,
    enrollment_created,
    unit_completed,
)

UNIT, QUIZ, CERTIFICATE = uuid4(), uuid4(), uuid4()


def only_analytics(signal, **kwargs) -> None:
    """Send the signal to the receivers of this app alone."""
    for (uid, *_rest), _receiver, *_ in list(signal.receivers):
        if isinstance(uid, str) and uid.startswith("analytics."):
            receiver = next(entry[1] for entry in signal.receivers if entry[0][0] == uid)
            receiver()(signal=signal, sender=None, **kwargs)


@pytest.mark.django_db
class TestActivity:
    @pytest.mark.parametrize(
        ("signal", "argument", "verb", "object_key"),
        [
            (enrollment_created, "enrollment", "enrolled", "course"),
            (unit_completed, "completion", "completed_unit", UNIT),
            (course_completed, "enrollment", "completed_course", "course"),
            (attempt_graded, "attempt", "finished_attempt", QUIZ),
            (certificate_issued, "certificate", "earned_certificate", CERTIFICATE),
        ],
        ids=["enrolled", "unit", "course", "attempt", "certificate"],
    )
    def test_each_signal_leaves_one_event(
        self, enrolled, signal, argument: str, verb: str, object_key
    ) -> None:
        things = {
            "enrollment": enrolled,
            "completion": SimpleNamespace(enrollment=enrolled, unit_key=UNIT),
            "attempt": SimpleNamespace(enrollment=enrolled, quiz_key=QUIZ, is_preview=False),
            "certificate": SimpleNamespace(
                learner_id=enrolled.learner_id, course_key=enrolled.course_key, pk=CERTIFICATE
            ),
        }

        only_analytics(signal, **{argument: things[argument]})

        event = ActivityEvent.objects.get()
        assert (event.actor, event.verb, event.course_key) == (
            enrolled.learner,
            verb,
            enrolled.course_key,
        )
        assert event.object_key == (enrolled.course_key if object_key == "course" else object_key)

    @pytest.mark.parametrize(("is_preview", "has_enrollment"), [(True, True), (True, False)])
    def test_previews_leave_none(self, enrolled, is_preview: bool, has_enrollment: bool) -> None:
        enrollment = enrolled if has_enrollment else None

        only_analytics(
            attempt_graded,
            attempt=SimpleNamespace(enrollment=enrollment, quiz_key=QUIZ, is_preview=is_preview),
        )

        assert not ActivityEvent.objects.exists()

    def test_it_costs_one_query(self, enrolled, django_assert_num_queries) -> None:
        with django_assert_num_queries(1):
            only_analytics(course_completed, enrollment=enrolled)
