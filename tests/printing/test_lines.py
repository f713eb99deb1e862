"""Breaking of lines: nothing lost, nothing wider than its room, no mark where it may not stand."""

from hypothesis import given, settings
from hypothesis import strategies as st

from shequ_desktop.printing import fonts, lines

TEXTS = st.text(st.sampled_from("陶力嘎查䶮𫖮𰻝，。（）、 12ab*·▲\n"), max_size=60)


@given(TEXTS, st.sampled_from((12.0, 31.0, 60.0, 200.0)))
@settings(max_examples=150, deadline=None)
def test_lines_hold_every_character_and_fit_their_room(text: str, room: float) -> None:
    wrapped = lines.wrap(text, fonts.REGULAR, 10, room)
    assert "".join("".join(wrapped).split()) == "".join(text.split())
    assert all(fonts.width(line, fonts.REGULAR, 10) <= room or len(line) == 1 for line in wrapped)


def test_a_number_is_not_torn_and_a_comma_begins_no_line() -> None:
    assert lines.wrap("电话是13800002206", fonts.REGULAR, 10, 90) == ("电话是", "13800002206")
    assert lines.wrap("陶力嘎查，冬营地", fonts.REGULAR, 10, 40) == ("陶力嘎", "查，冬营", "地")


def test_an_opening_bracket_goes_to_the_next_line_with_its_words() -> None:
    assert lines.wrap("陶力嘎（一组）", fonts.REGULAR, 10, 40) == ("陶力嘎", "（一组）")


def test_a_number_longer_than_its_room_is_broken_rather_than_cut() -> None:
    assert "".join(lines.wrap("152501200201261124", fonts.REGULAR, 10, 40)) == "152501200201261124"
    assert lines.wrap("", fonts.REGULAR, 10, 40) == ()
