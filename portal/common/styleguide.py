"""The style guide: every component and block with sample data, served while DEBUG is on."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from latex2mathml.converter import convert as latex_to_mathml
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

COLORS = (
    *("paper", "paper-sunk", "paper-raised", "paper-press", "ink", "ink-muted", "ink-faint"),
    *("line", "line-strong", "accent", "accent-soft", "danger", "danger-soft"),
    *("warning", "warning-soft", "info", "info-soft"),
)

CODE = '''@dataclass(frozen=True)
class Point:
    """A point on the plane."""

    x: float
    y: float = 0.0

    def distance(self, other: "Point") -> float:
        # Pythagoras, once more
        return math.hypot(self.x - other.x, self.y - other.y)
'''

QUADRATIC = r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}"


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Full name", help_text="As it should appear on your certificates.")
    email = forms.EmailField(label="Email address")
    level = forms.ChoiceField(
        label="Level", choices=[("1", "Beginner"), ("2", "Intermediate"), ("3", "Advanced")]
    )
    about = forms.CharField(label="About you", widget=forms.Textarea, required=False)
    digest = forms.ChoiceField(
        label="News by e-mail",
        choices=[("daily", "Every day"), ("weekly", "Once a week"), ("never", "Never")],
        widget=forms.RadioSelect,
        initial="weekly",
    )
    topics = forms.MultipleChoiceField(
        label="Topics",
        choices=[("stats", "Statistics"), ("code", "Programming")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    file = forms.FileField(label="Your work", required=False, help_text="PDF or ZIP, up to 20 MB.")
    terms = forms.BooleanField(label="I accept the terms of use")


def sprite_names() -> list[str]:
    """Return the names of all icons."""
    sprite = Path(finders.find("icons/sprite.svg") or "").read_text()
    return sorted(re.findall(r'<symbol id="([^"]+)"', sprite))


def _courses() -> list[dict[str, Any]]:
    rows = [
        (
            "Thinking with data",
            "Ask better questions of the numbers that you already have",
            "Statistics",
            4.7,
            "Free",
        ),
        (
            "The grammar of maps",
            "How cartographers decide what to leave out",
            "Geography",
            4.4,
            "€ 49",
        ),
        (
            "Python from the first line",
            "Programming for people who have never programmed",
            "Computing",
            4.8,
            "Free",
        ),
        ("A short history of proof", "From Euclid to the computer", "Mathematics", None, "€ 29"),
        (
            "Writing that is read",
            "Plain language for reports, letters and the web",
            "Writing",
            4.1,
            "€ 39",
        ),
        (
            "Field botany in four seasons",
            "Learn forty plants and never unlearn them",
            "Biology",
            4.9,
            "Free",
        ),
    ]
    return [
        {
            "title": title,
            "url": "#course-cards",
            "subtitle": subtitle,
            "category": category,
            "level": "Beginner",
            "duration": "6 hours",
            "rating": rating,
            "rating_count": 128,
            "price_label": price,
            "instructor": "Noor Haddad",
            "progress_percent": 40 if title.startswith("Thinking") else None,
        }
        for title, subtitle, category, rating, price in rows
    ]


def _units() -> list[dict[str, Any]]:
    return [
        {"title": "What a question is", "url": "#outline", "state": "done", "minutes": 8},
        {"title": "Dots around a pump", "url": "#outline", "state": "current", "minutes": 12},
        {
            "title": "Check your reading",
            "url": "#outline",
            "state": "open",
            "minutes": 10,
            "kind": "Quiz",
        },
        {
            "title": "The original map",
            "url": "#outline",
            "state": "open",
            "minutes": 5,
            "is_optional": True,
        },
        {
            "title": "Draw your own",
            "state": "locked",
            "kind": "Assignment",
            "hint": "After “Check your reading”",
        },
    ]


def _blocks() -> dict[str, dict[str, Any]]:
    fold = {"title": "Why did the pump matter?", "content": "<p>Its handle could be removed.</p>"}
    slides = [
        {
            "title": "One dot, one death",
            "content": "<p>Nothing else is drawn.</p>",
            "notes": "Pause here.",
        },
        {"title": "Distance is time", "content": "<p>People walk to the nearest pump.</p>"},
        {"title": "What would refute it?", "content": "<p>A brewery that drank no water.</p>"},
    ]
    return {
        "heading": {"text": "What the map left out", "level": "h2"},
        "callout": {"kind": "tip", "title": "", "text": "<p>Read the legend first.</p>"},
        "warning": {
            "kind": "warning",
            "title": "",
            "text": "<p>Correlation travels; cause stays at home.</p>",
        },
        "key": {
            "kind": "key",
            "title": "In one sentence",
            "text": "<p>A good map answers one question.</p>",
        },
        "quote": {
            "text": "All models are wrong, but some are useful.",
            "attribution": "George Box",
        },
        "code": {
            "language": "python",
            "caption": "A point that knows distances",
            "highlighted": mark_safe(highlight(CODE, PythonLexer(), HtmlFormatter(nowrap=True))),
        },
        "math": {
            "mathml": mark_safe(latex_to_mathml(QUADRATIC, display="block")),
            "description": "The two roots of a quadratic equation",
        },
        "accordion": {
            "items": [
                fold,
                {"title": "Who was John Snow?", "content": "<p>A physician in London.</p>"},
            ]
        },
        "slides": {"title": "Three slides", "slides": slides},
        "download": {
            "title": "The data set",
            "description": "578 rows, one for each death",
            "document": {
                "url": "#download",
                "file_extension": "csv",
                "file_size": 48_213,
                "title": "deaths.csv",
            },
        },
        "embed": {
            "url": {"url": "https://vimeo.com/1"},
            "title": "The pump on Broad Street",
            "host": "vimeo.com",
        },
        "check": {
            "question": "<p>What did Snow plot?</p>",
            "choices": [{"text": "Deaths"}, {"text": "Streets"}, {"text": "Sewers"}],
        },
        "hero": {
            "heading": "Learn slowly, keep it for good",
            "text": "Short lessons, honest exercises, and a teacher who answers.",
            "primary_label": "Browse courses",
            "primary_url": "#landing",
            "secondary_label": "How it works",
            "secondary_url": "#landing",
        },
        "features": {
            "heading": "What you get",
            "items": [
                {
                    "icon": "book-open",
                    "title": "Lessons you can finish",
                    "text": "Ten minutes each, one idea each.",
                },
                {
                    "icon": "quiz",
                    "title": "Practice that talks back",
                    "text": "Every answer tells you why.",
                },
                {
                    "icon": "certificate",
                    "title": "Proof that holds",
                    "text": "Certificates anybody can verify.",
                },
            ],
        },
        "testimonials": {
            "heading": "What learners say",
            "items": [
                {
                    "quote": "I finally understand what a confidence interval is not.",
                    "name": "Ada Okafor",
                    "role": "Nurse",
                },
                {
                    "quote": "The teacher answered on a Sunday. In verse.",
                    "name": "Jonas Lind",
                    "role": "Student",
                },
            ],
        },
        "stats": {
            "items": [
                {"number": "12,400", "label": "learners"},
                {"number": "86", "label": "courses"},
                {"number": "71 %", "label": "finish what they start"},
            ],
        },
        "call": {
            "heading": "Begin with one lesson",
            "text": "No account needed.",
            "label": "Open a lesson",
            "url": "#",
        },
    }


def sample_context() -> dict[str, Any]:
    """Return what the style guide shows."""
    units = _units()
    return {
        "icons": sprite_names(),
        "colors": COLORS,
        "courses": _courses(),
        "units": units,
        "modules": [
            {"title": "Questions", "is_open": True, "done": 1, "total": 5, "units": units},
            {"title": "Answers", "done": 0, "total": 3, "units": units[2:]},
        ],
        "blocks": _blocks(),
        "form": SampleForm(),
        "wrong_form": SampleForm(
            {"email": "nobody", "level": "1", "digest": "weekly", "name": "Ada"}
        ),
        "page_obj": Paginator(range(240), 20).page(4),
        "deadline": timezone.now() + timedelta(minutes=12),
        "crumbs": [
            {"title": "Courses", "url": "#"},
            {"title": "Statistics", "url": "#"},
            {"title": "Thinking with data"},
        ],
        "tabs": [
            {"title": "Overview", "url": "#tabs", "is_current": True},
            {"title": "Lessons", "url": "#tabs", "count": 24},
            {"title": "Questions", "url": "#tabs", "count": 3},
        ],
        "steps": [
            {"title": "Account", "url": "#steps", "state": "done"},
            {"title": "Payment", "state": "current"},
            {"title": "Receipt", "state": "open"},
        ],
        "facts": [
            {"label": "Length", "value": "6 hours in 24 lessons"},
            {"label": "Language", "value": "English, with captions"},
            {"label": "Teacher", "value": "Noor Haddad", "url": "#"},
        ],
        "headers": [
            "Learner",
            {"title": "Lessons", "numeric": True},
            {"title": "Grade", "numeric": True},
        ],
        "rows": [
            [
                {"text": "Ada Okafor", "url": "#"},
                {"text": "24", "numeric": True},
                {"text": "92 %", "numeric": True},
            ],
            [
                {"text": "Jonas Lind", "url": "#"},
                {"text": "9", "numeric": True},
                {"text": "61 %", "numeric": True},
            ],
        ],
        "names": ["Ada Okafor", "Jonas Lind", "Noor Haddad", "Li Wei", "Маша Иванова", "Q"],
        "course_title": "Thinking with data",
        "course_url": "#",
        "progress_percent": 42,
        "unit_position": 3,
        "unit_total": 24,
        "previous_url": "#",
        "next_url": "#",
    }


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component and block, or with ?shell=player the shell of the lesson player."""
    player = request.GET.get("shell") == "player"
    template = "styleguide_player.html" if player else "styleguide.html"
    return render(request, template, sample_context())
