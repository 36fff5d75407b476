"""What the page of a quiz shows besides its own fields."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import ngettext

from courses.permissions import user_is_administrator
from learning.progress.player import player_for
from learning.quizzes import selectors, services
from learning.quizzes.models import QuizPage
from learning.quizzes.review import ReviewItem, shows_score

register = template.Library()


@register.simple_tag(takes_context=True)
def quiz_standing(context: dict[str, Any], quiz: QuizPage) -> selectors.Standing | None:
    """Return where the visitor stands at the quiz.

    None for a stranger. Queries: the attempts, the team.
    """
    request = context["request"]
    if not request.user.is_authenticated:
        return None
    course_standing = player_for(request, quiz).standing
    return services.standing_of(
        request.user,
        quiz,
        takes_previews=course_standing.is_team or user_is_administrator(request.user),
        is_learner=course_standing.open_enrollment is not None,
    )


@register.simple_tag
def quiz_with_key(quiz: QuizPage) -> list[ReviewItem]:
    """Return the questions with their key, drafts included.

    Only for Wagtail's preview, which asks who may edit.
    """
    return selectors.preview_items(quiz)


@register.filter
def shows_its_score(attempt: Any) -> bool:
    """Whether the rules of the attempt show its score."""
    return shows_score(attempt.policy)


@register.filter
def points(value: Any) -> str:
    """Return points without needless zeros: 1, 0.5, 2.25."""
    text = f"{value:.2f}" if not isinstance(value, str) else value
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def points_label(value: Any) -> str:
    """Return points with their word: "1 point", "2.5 points"."""
    # Fractions take the plural.
    count = 1 if Decimal(value) == 1 else 2
    return ngettext("%(n)s point", "%(n)s points", count) % {"n": points(value)}
