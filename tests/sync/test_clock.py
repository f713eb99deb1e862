"""A clock that is wrong can neither win nor lose by it (I7)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shequ_desktop.sync.clock import fair_ms, is_wrong, offset_ms

Y1970, Y2099 = 0, 4_070_908_800_000
NOW = 1_790_000_000_000
DAY = 86_400_000
times = st.integers(-(2**62), 2**62)


@given(st.integers(0, DAY), st.integers(0, DAY), st.sampled_from([Y1970, Y2099, NOW - 3_600_000, NOW]))
def test_a_clock_that_is_steadily_wrong_gives_the_true_time(after_exchange: int, until_arrival: int, wrong_now: int) -> None:
    offset = offset_ms(league_ms=NOW, device_ms=wrong_now)
    saved = NOW + after_exchange
    fair = fair_ms(wrong_now + after_exchange, offset_ms=offset, not_before_ms=NOW, arrived_ms=saved + until_arrival)
    assert fair == saved


@given(times, times, st.integers(0, DAY), st.integers(0, DAY))
def test_no_clock_moves_a_change_out_of_what_the_league_knows(time: int, offset: int, exchanged: int, until: int) -> None:
    arrived = exchanged + until
    assert exchanged <= fair_ms(time, offset_ms=offset, not_before_ms=exchanged, arrived_ms=arrived) <= arrived


@given(st.sampled_from([Y1970, Y2099]))
def test_a_clock_that_jumped_after_the_last_exchange_loses_to_later_and_wins_over_earlier_work(jumped: int) -> None:
    wrong = fair_ms(jumped, offset_ms=0, not_before_ms=NOW, arrived_ms=NOW + DAY)
    before = fair_ms(NOW - 5, offset_ms=0, not_before_ms=NOW - DAY, arrived_ms=NOW + 2 * DAY)
    after = fair_ms(NOW + DAY + 5, offset_ms=0, not_before_ms=NOW, arrived_ms=NOW + 2 * DAY)
    assert before < wrong < after


def test_a_league_clock_that_was_set_back_holds_the_arrival() -> None:
    assert fair_ms(NOW, offset_ms=0, not_before_ms=NOW, arrived_ms=NOW - DAY) == NOW - DAY


def test_an_hour_is_worth_a_note_and_a_minute_is_not() -> None:
    assert is_wrong(3_600_000)
    assert is_wrong(-3_600_000)
    assert not is_wrong(60_000)
