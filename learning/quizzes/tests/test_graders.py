"""Each kind of question: its paper, the answers it takes, the points it gives."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.quizzes.errors import InvalidAnswer
from learning.quizzes.graders import GRADERS
from learning.quizzes.models import QuizPage
from learning.quizzes.paper import make_paper, max_score, total_score
from learning.quizzes.tests import builders
from learning.quizzes.tests.builders import EXPLANATION_CANARY, FEEDBACK_CANARY, KEY_CANARY

SHUFFLED = {"shuffle_questions": True, "shuffle_options": True}
STREAM = QuizPage._meta.get_field("questions").stream_block


def paper_of(
    *questions: dict[str, Any], **rules: Any
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    raw = [{"id": f"00000000-0000-4000-8000-{n:012}", **data} for n, data in enumerate(questions)]
    quiz: Any = SimpleNamespace(questions=STREAM.to_python(raw), **SHUFFLED | rules)
    paper, key = make_paper(quiz, rng=random.Random(1))
    return paper["questions"], key


def one(data: dict[str, Any]) -> tuple[Any, dict[str, Any], dict[str, Any]]:
    [question], key = paper_of(data)
    return GRADERS[question["kind"]], question, key[question["id"]]


def points(data: dict[str, Any], answer: Any) -> Decimal:
    grader, question, key = one(data)
    return grader.grade(question, key, grader.validate(question, answer))


class TestPaper:
    def test_it_says_nothing_about_the_key(self) -> None:
        questions, _key = paper_of(*builders.every_kind())
        public = json.dumps(questions)

        for secret in (
            KEY_CANARY,
            EXPLANATION_CANARY,
            FEEDBACK_CANARY,
            "is_correct",
            "right",
            "27182",
            "true",
        ):
            assert secret not in public.replace('"partial_credit": true', "").replace(
                "true_false", ""
            )

    def test_it_names_options_anew_each_time(self) -> None:
        [first], _ = paper_of(builders.single())
        [second], _ = paper_of(builders.single())

        assert {o["id"] for o in first["options"]}.isdisjoint(o["id"] for o in second["options"])

    def test_it_keeps_the_authors_order_unless_told_to_shuffle(self) -> None:
        questions, _ = paper_of(
            *builders.every_kind(), shuffle_questions=False, shuffle_options=False
        )

        assert [q["kind"] for q in questions] == [q["type"] for q in builders.every_kind()]
        assert [o["html"] for o in questions[0]["options"]] == ["Oslo", "Bergen", "Tromsø"]

    def test_it_shuffles(self) -> None:
        orders = set()
        for seed in range(20):
            quiz: Any = SimpleNamespace(questions=STREAM.to_python([builders.single()]), **SHUFFLED)
            paper, _key = make_paper(quiz, rng=random.Random(seed))
            orders.add(tuple(o["html"] for o in paper["questions"][0]["options"]))
        assert len(orders) > 1

    def test_it_escapes_the_text_of_options(self) -> None:
        data = builders.question(
            "single_choice", choices=builders.choices(("<b>x</b>", True), ("y", False))
        )
        _grader, question, _key = one(data)
        assert "&lt;b&gt;" in json.dumps(question)

    def test_its_maximum_is_the_sum_of_points(self) -> None:
        questions, _ = paper_of(*builders.every_kind())
        assert max_score({"questions": questions}) == Decimal("6.50")


class TestSingleChoice:
    def test_the_right_option_earns_all_points(self) -> None:
        grader, question, key = one(builders.single(points="2.5"))
        assert grader.grade(question, key, key["right"][0]) == Decimal("2.50")

    def test_another_option_earns_nothing(self) -> None:
        grader, question, key = one(builders.single())
        wrong = next(o["id"] for o in question["options"] if o["id"] not in key["right"])
        assert grader.grade(question, key, wrong) == 0
        assert grader.feedback(key, wrong)

    @pytest.mark.parametrize("answer", ["nope", 1, True, [], {}, ["x"], 1.5, "a" * 10_000])
    def test_it_refuses_what_is_no_option(self, answer: Any) -> None:
        grader, question, _key = one(builders.single())
        with pytest.raises(InvalidAnswer):
            grader.validate(question, answer)

    def test_nothing_is_no_answer(self) -> None:
        assert points(builders.single(), None) == 0
        assert points(builders.single(), "") == 0


class TestMultipleChoice:
    @pytest.mark.parametrize(
        ("right", "wrong", "expected"),
        [
            (2, 0, "3.00"),
            (1, 0, "1.50"),
            (2, 1, "1.50"),
            (1, 1, "0"),
            (2, 2, "0"),
            (0, 2, "0"),
            (0, 1, "0"),
        ],
    )
    def test_partial_credit_is_right_minus_wrong(
        self, right: int, wrong: int, expected: str
    ) -> None:
        grader, question, key = one(builders.multiple(points="3"))
        bad = [o["id"] for o in question["options"] if o["id"] not in key["right"]]
        answer = grader.validate(question, key["right"][:right] + bad[:wrong])
        assert grader.grade(question, key, answer) == Decimal(expected)

    @pytest.mark.parametrize(
        ("right", "wrong", "expected"), [(2, 0, 3), (1, 0, 0), (2, 1, 0), (0, 0, 0)]
    )
    def test_without_partial_credit_all_must_be_right(
        self, right: int, wrong: int, expected: int
    ) -> None:
        grader, question, key = one(builders.multiple(points="3", partial_credit=False))
        bad = [o["id"] for o in question["options"] if o["id"] not in key["right"]]
        answer = grader.validate(question, key["right"][:right] + bad[:wrong])
        assert grader.grade(question, key, answer) == expected

    @pytest.mark.parametrize("answer", ["x", 1, {}, True, [1], [None], [[]], ["x"], ["x"] * 1000])
    def test_it_refuses_what_is_no_list_of_options(self, answer: Any) -> None:
        grader, question, _key = one(builders.multiple())
        with pytest.raises(InvalidAnswer):
            grader.validate(question, answer)

    def test_an_option_counts_once(self) -> None:
        grader, question, key = one(builders.multiple())
        first = key["right"][0]
        assert grader.validate(question, [first, first]) == [first]


class TestTrueFalse:
    @pytest.mark.parametrize(
        ("key", "answer", "expected"), [("true", True, 1), ("true", False, 0), ("false", False, 1)]
    )
    def test_it_compares(self, key: str, answer: bool, expected: int) -> None:
        assert points(builders.truth(answer=key), answer) == expected

    @pytest.mark.parametrize("answer", ["true", 1, 0, [], {}, "maybe"])
    def test_it_takes_booleans_only(self, answer: Any) -> None:
        grader, question, _key = one(builders.truth())
        with pytest.raises(InvalidAnswer):
            grader.validate(question, answer)


class TestShortText:
    @pytest.mark.parametrize(
        ("accepted", "answer"),
        [
            ("Photosynthesis", "photosynthesis"),
            ("Photosynthesis", "  PHOTOSYNTHESIS \n"),
            ("black  hole", "Black hole"),
            ("Straße", "STRASSE"),
            ("don't", "don’t"),
            ("x-ray", "x‑ray"),
            ("café", "cafe\N{COMBINING ACUTE ACCENT}"),
            ("Abc", "\N{FULLWIDTH LATIN CAPITAL LETTER A}bc"),
            ("word", "wo\N{SOFT HYPHEN}rd"),
        ],
    )
    def test_it_forgives_spelling_of_the_same(self, accepted: str, answer: str) -> None:
        assert points(builders.text(accepted), answer) == 1

    def test_it_minds_case_when_told(self) -> None:
        assert points(builders.text("pH", case_sensitive=True), "ph") == 0
        assert points(builders.text("pH", case_sensitive=True), "pH") == 1

    def test_it_does_not_run_patterns(self) -> None:
        assert points(builders.text("a.*"), "abc") == 0

    @pytest.mark.parametrize("answer", [1, True, [], {}, "x" * 501, "a\x00b", "\ud800"])
    def test_it_refuses_what_is_no_readable_text(self, answer: Any) -> None:
        grader, question, _key = one(builders.text())
        with pytest.raises(InvalidAnswer):
            grader.validate(question, answer)


class TestNumeric:
    @pytest.mark.parametrize(
        ("answer", "expected"),
        [
            ("3.14", 1),
            ("3,14", 1),
            (3.14, 1),
            ("3.15", 1),
            ("3.13", 1),
            ("3.1501", 0),
            ("+3.14", 1),
            (" 3.14 ", 1),
            ("314e-2", 1),
            ("\N{FULLWIDTH DIGIT THREE}.14", 1),
            ("-3.14", 0),
            ("\N{MINUS SIGN}3.14", 0),
            (3, 0),
            ("", 0),
            (None, 0),
        ],
    )
    def test_it_compares_within_the_tolerance(self, answer: Any, expected: int) -> None:
        assert points(builders.number("3.14", "0.01"), answer) == expected

    def test_it_is_exact_where_floats_are_not(self) -> None:
        assert points(builders.number("0.3", "0"), "0.30") == 1
        assert points(builders.number("0.3", "0"), 0.1 + 0.2) == 0

    def test_it_takes_the_unit_with_the_number(self) -> None:
        assert points(builders.number("9.81", "0", "m/s²"), "9.81 m/s²") == 1

    @pytest.mark.parametrize(
        "answer",
        [
            *(
                "NaN",
                "nan",
                "sNaN",
                "Infinity",
                "-inf",
                "1e308",
                "1e-308",
                "1e999999999",
                "0x10",
                "1_000",
                "1 000",
                "1,000.5",
            ),
            *(
                "1.000.000",
                "--1",
                "e5",
                ".",
                ",",
                "٣",
                "½",
                "²",
                "10²",
                "five",
                "1" * 41,
                "1" * 100_000,
                " " * 200 + "1",
            ),
            *(True, False, [], {}, float("nan"), float("inf"), 10**40, 10**4000, 1e308, "1\x00"),
        ],
    )
    def test_it_refuses_what_is_no_plain_number(self, answer: Any) -> None:
        grader, question, _key = one(builders.number())
        with pytest.raises(InvalidAnswer):
            grader.validate(question, answer)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


class TestEveryKind:
    def test_the_registry_knows_every_block(self) -> None:
        assert set(GRADERS) == set(STREAM.child_blocks)

    @pytest.mark.parametrize("kind", list(GRADERS))
    @given(answer=json_values)
    def test_an_answer_is_graded_within_bounds_or_refused(self, kind: str, answer: Any) -> None:
        grader, question, key = one(next(q for q in builders.every_kind() if q["type"] == kind))
        try:
            valid = grader.validate(question, answer)
        except InvalidAnswer:
            return
        score = grader.grade(question, key, valid)
        assert 0 <= score <= Decimal(question["points"])
        assert score == grader.grade(question, key, valid)
        assert grader.validate(question, valid) == valid
        assert grader.show_answer(question, valid) if valid is not None else True

    @given(picks=st.lists(st.integers(min_value=0, max_value=30), min_size=5, max_size=5))
    def test_a_score_lies_between_zero_and_the_maximum(self, picks: list[int]) -> None:
        questions, key = paper_of(*builders.every_kind())
        paper = {"questions": questions}
        answers: dict[str, Any] = {}
        for question, pick in zip(questions, picks, strict=True):
            options = [o["id"] for o in question.get("options", [])]
            answers[question["id"]] = {
                "single_choice": lambda o=options, p=pick: o[p % len(o)],
                "multiple_choice": lambda o=options, p=pick: (
                    [x for n, x in enumerate(o) if p >> n & 1] or None
                ),
                "true_false": lambda p=pick: bool(p % 2),
                "short_text": lambda p=pick: KEY_CANARY if p % 2 else "no",
                "numeric": lambda p=pick: str(27180 + p / 4),
            }[question["kind"]]()

        score = total_score(paper, key, answers)

        assert 0 <= score <= max_score(paper)
        assert score == total_score(paper, key, dict(reversed(answers.items())))
        assert score == score.quantize(Decimal("0.01"))
