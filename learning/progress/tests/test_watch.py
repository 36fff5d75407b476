"""Properties of watched ranges and counted time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from learning.progress import watch

seconds = st.floats(min_value=0, max_value=5000, allow_nan=False)
ranges = st.lists(st.tuples(seconds, seconds).map(list), max_size=30)
START = datetime(2026, 1, 1, tzinfo=UTC)


class TestMerge:
    @given(ranges)
    def test_it_is_sorted_without_overlap(self, given_ranges: list[list[float]]) -> None:
        merged = watch.merge(given_ranges)

        assert all(start < end for start, end in merged)
        assert all(first[1] <= second[0] for first, second in pairwise(merged))

    @given(ranges)
    def test_merging_again_changes_nothing(self, given_ranges: list[list[float]]) -> None:
        merged = watch.merge(given_ranges)

        assert watch.merge(merged) == merged

    @given(ranges, ranges)
    def test_the_order_of_devices_does_not_matter(
        self, one: list[list[float]], other: list[list[float]]
    ) -> None:
        assert watch.merge(one, other) == watch.merge(other, one)

    @given(ranges, ranges)
    def test_more_reports_never_lose_seconds(
        self, one: list[list[float]], other: list[list[float]]
    ) -> None:
        rounding = 0.2 * (len(one) + len(other) + 1)

        assert (
            watch.watched_seconds(watch.merge(one, other)) >= watch.watched_seconds(one) - rounding
        )

    def test_nonsense_is_left_out(self) -> None:
        assert watch.merge([[5, 3], [float("nan"), 4], [0, float("inf")], [-3, 2]]) == [[0, 2]]

    def test_the_row_stays_small(self) -> None:
        assert len(watch.merge([[n * 10, n * 10 + 2] for n in range(1000)])) == watch.MAX_RANGES


class TestPercent:
    @given(ranges, st.floats(min_value=0.1, max_value=5000))
    def test_it_is_between_0_and_100(
        self, given_ranges: list[list[float]], duration: float
    ) -> None:
        assert 0 <= watch.watched_percent(given_ranges, duration) <= 100

    @given(st.floats(min_value=10, max_value=5000))
    def test_everything_is_100(self, duration: float) -> None:
        assert watch.watched_percent([[0, duration]], duration) == 100

    @given(ranges, st.floats(min_value=10, max_value=5000))
    def test_watching_again_counts_once(
        self, given_ranges: list[list[float]], duration: float
    ) -> None:
        assert watch.watched_percent(given_ranges * 2, duration) == watch.watched_percent(
            given_ranges, duration
        )

    def test_it_rounds_down(self) -> None:
        assert watch.watched_percent([[0, 89.9]], 100) == 89

    def test_no_duration_is_no_share(self) -> None:
        assert (
            watch.watched_percent([[0, 10]], 0)
            == watch.watched_percent([[0, 10]], float("nan"))
            == 0
        )


class TestCountedSeconds:
    @given(st.lists(st.tuples(st.floats(0, 400), st.integers(0, 1000)), max_size=60))
    def test_claims_never_outrun_the_clock(self, beats: list[tuple[float, int]]) -> None:
        now = last = START
        counted = 0
        for gap, claimed in beats:
            now += timedelta(seconds=gap)
            credit = watch.counted_seconds(claimed, last=last, now=now)
            if credit:
                counted, last = counted + credit, now

        # Each credited interval of at least the grace may gain the grace, so twice the clock is the
        # bound.
        assert counted <= 2 * (now - START).total_seconds()

    def test_an_honest_heartbeat_counts_in_full(self) -> None:
        assert watch.counted_seconds(15, last=START, now=START + timedelta(seconds=15)) == 15

    def test_quick_claims_count_nothing(self) -> None:
        assert watch.counted_seconds(60, last=START, now=START + timedelta(milliseconds=300)) == 0

    def test_one_heartbeat_has_a_cap(self) -> None:
        assert (
            watch.counted_seconds(86400, last=START, now=START + timedelta(days=1))
            == watch.MAX_BEAT_SECONDS
        )

    def test_a_clock_that_runs_backwards_counts_nothing(self) -> None:
        assert watch.counted_seconds(10, last=START, now=START - timedelta(seconds=9)) == 0
