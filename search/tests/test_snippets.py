"""Pieces of text around what was found."""

from __future__ import annotations

import pytest

from search.snippets import LENGTH, marked, snippet, words_pattern


class TestMarked:
    @pytest.mark.parametrize(
        ("text", "query", "expected"),
        [
            ("Bread and breads", "bread", "<mark>Bread</mark> and <mark>breads</mark>"),
            ("shortbread", "bread", "shortbread"),
            ("a <b> & c", "c", "a &lt;b&gt; &amp; <mark>c</mark>"),
            (
                "<script>x</script>",
                "script",
                "&lt;<mark>script</mark>&gt;x&lt;/<mark>script</mark>&gt;",
            ),
            ("Brot", "", "Brot"),
            ("a.b", ".*", "a.b"),
        ],
    )
    def test_it_marks_words_and_escapes_everything(
        self, text: str, query: str, expected: str
    ) -> None:
        assert marked(text, words_pattern(query)) == expected


class TestSnippet:
    def test_it_shows_the_words_around_the_first_match(self) -> None:
        text = "word " * 200 + "needle " + "word " * 200

        piece = snippet(["Nothing here.", text], words_pattern("needle"))

        assert "<mark>needle</mark>" in piece
        assert piece.startswith("… ")
        assert piece.endswith(" …")
        assert len(piece) < LENGTH + 40

    def test_it_shows_the_beginning_when_nothing_matches(self) -> None:
        assert snippet(["", "First. Second."], words_pattern("needle")) == "First. Second."

    def test_it_is_empty_without_texts(self) -> None:
        assert snippet(["", "  "], words_pattern("needle")) == ""
