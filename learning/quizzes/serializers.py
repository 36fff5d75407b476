"""What the API takes and gives.

Every answer is an allow-list: what is not named here never leaves the server.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from learning.quizzes import permissions, selectors
from learning.quizzes.models import Attempt
from learning.rest import StrictSerializer

# The largest whole number that JavaScript counts exactly; leaves room in the database's column.
MAX_SEQUENCE = 2**53 - 1


class ResponseWriteSerializer(StrictSerializer):
    """An answer on its way in; the question's grader checks its shape."""

    response = serializers.JSONField(allow_null=True)
    sequence = serializers.IntegerField(min_value=0, max_value=MAX_SEQUENCE)


class ResponseReadSerializer(serializers.Serializer):
    """What is stored for a question now, with the server's clock."""

    question = serializers.UUIDField(source="question_id")
    response = serializers.JSONField(source="answer")
    sequence = serializers.IntegerField()
    saved_at = serializers.DateTimeField()
    deadline = serializers.DateTimeField(source="attempt.deadline")
    server_time = serializers.SerializerMethodField()

    def get_server_time(self, _response: Any) -> str:
        return _utc_now()


class OptionSerializer(serializers.Serializer):
    """An option under its opaque id."""

    id = serializers.UUIDField()
    html = serializers.CharField()


class QuestionSerializer(serializers.Serializer):
    """A question of an open attempt."""

    uuid = serializers.UUIDField()
    number = serializers.IntegerField()
    kind = serializers.CharField(source="question.kind")
    prompt_html = serializers.CharField(source="question.prompt")
    points = serializers.CharField(source="question.points")
    options = serializers.SerializerMethodField()
    unit = serializers.SerializerMethodField()
    partial_credit = serializers.SerializerMethodField()
    response = serializers.JSONField(source="answer")
    sequence = serializers.IntegerField()

    def get_options(self, sheet: selectors.Sheet) -> Any:
        return OptionSerializer(sheet.question.get("options", []), many=True).data

    def get_unit(self, sheet: selectors.Sheet) -> str:
        return sheet.question.get("unit") or ""

    def get_partial_credit(self, sheet: selectors.Sheet) -> bool:
        return bool(sheet.question.get("partial_credit"))


class AttemptSerializer(serializers.Serializer):
    """An attempt for its learner; the questions only while they may be answered."""

    uuid = serializers.UUIDField(source="pk")
    quiz = serializers.UUIDField(source="quiz_key")
    status = serializers.CharField()
    number = serializers.IntegerField()
    is_preview = serializers.BooleanField()
    started_at = serializers.DateTimeField()
    deadline = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField()
    server_time = serializers.SerializerMethodField()
    questions = serializers.SerializerMethodField()

    def get_server_time(self, _attempt: Attempt) -> str:
        return _utc_now()

    def get_questions(self, attempt: Attempt) -> Any:
        is_open = attempt.status == Attempt.Status.IN_PROGRESS
        if not is_open or not permissions.user_can_sit(self.context["request"].user, attempt):
            return []
        return QuestionSerializer(selectors.sheets(attempt), many=True).data


class ResultSerializer(serializers.Serializer):
    """A finished attempt; what its rules hide is null."""

    uuid = serializers.UUIDField(source="attempt.pk")
    quiz = serializers.UUIDField(source="attempt.quiz_key")
    status = serializers.CharField(source="attempt.status")
    number = serializers.IntegerField(source="attempt.number")
    is_preview = serializers.BooleanField(source="attempt.is_preview")
    submitted_at = serializers.DateTimeField(source="attempt.submitted_at")
    score = serializers.DecimalField(max_digits=8, decimal_places=2)
    max_score = serializers.DecimalField(source="attempt.max_score", max_digits=8, decimal_places=2)
    percent = serializers.IntegerField()
    passing_percent = serializers.IntegerField(source="required_percent")
    passed = serializers.BooleanField()
    review_available = serializers.BooleanField(source="seen.responses")


class ReviewItemSerializer(serializers.Serializer):
    """One question of a finished attempt; key, explanation and feedback are null unless the rules
    show them."""

    uuid = serializers.UUIDField(source="question_id")
    number = serializers.IntegerField()
    kind = serializers.CharField()
    prompt_html = serializers.CharField()
    points = serializers.DecimalField(max_digits=8, decimal_places=2)
    options = OptionSerializer(many=True, default=[])
    response = serializers.JSONField(source="answer")
    score = serializers.DecimalField(max_digits=8, decimal_places=2)
    key = serializers.JSONField(source="right_answer")
    explanation_html = serializers.CharField(source="explanation")
    feedback = serializers.ListField(child=serializers.CharField())


class ReviewSerializer(ResultSerializer):
    """A finished attempt question by question."""

    questions = ReviewItemSerializer(source="items", many=True)


class QuizSerializer(serializers.Serializer):
    """The rules of a quiz and where the caller stands; never its questions."""

    uuid = serializers.UUIDField(source="quiz.translation_key")
    title = serializers.CharField(source="quiz.title")
    url = serializers.CharField(source="quiz.url")
    introduction = serializers.CharField(source="quiz.introduction")
    questions_count = serializers.SerializerMethodField()
    time_limit_minutes = serializers.IntegerField(source="quiz.time_limit_minutes")
    max_attempts = serializers.IntegerField(source="quiz.max_attempts")
    passing_percent = serializers.IntegerField(source="quiz.passing_percent")
    closes_at = serializers.DateTimeField(source="quiz.closes_at")
    is_closed = serializers.BooleanField()
    shown = serializers.CharField(source="quiz.shown")
    shown_when = serializers.CharField(source="quiz.shown_when")
    attempts_used = serializers.IntegerField(source="used")
    attempts_left = serializers.IntegerField(source="left")
    best_percent = serializers.IntegerField(source="best.percent", default=None)
    open_attempt = serializers.UUIDField(source="open_attempt.pk", default=None)

    def get_questions_count(self, standing: selectors.Standing) -> int:
        return len(standing.quiz.questions)


def _utc_now() -> str:
    return timezone.now().isoformat().replace("+00:00", "Z")
