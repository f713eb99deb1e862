"""Traditional Mongolian: glyphs as an independent shaper gives them, suffixes kept, columns broken where they may."""

from __future__ import annotations

import csv
import functools

import pyharfrust
import pytest
import uharfbuzz  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from shequ_desktop import paths, wording
from shequ_desktop.printing import fonts, mongolian, samples, terms
from shequ_desktop.printing.drawing import texts_of

FONT = paths.resources() / "fonts" / mongolian.FILE
HOUSE = "\u1821\u1837\u1826\u182c\u1821"
OF_THE_HOUSE = HOUSE + "\u202f\u1836\u1822\u1828"
OF_MONGOLIA = "\u182e\u1823\u1829\u182d\u1823\u182f\u202f\u1824\u1828"
NAME = "\u1828\u1821\u1837\u180e\u1821"
OFFICE_NAMES = ["\u182a\u1820\u1832\u1824 12", "(\u182a\u1820\u1832\u1824) A-7", "\u182a\u1820\u1832\u1824 \u1802"]


def every_string() -> list[str]:
    """What may stand in a column of any form: all terms, sample names, names with digits, Latin and brackets."""
    listed = [term.words for term in terms.terms().values() if term.words]
    listed += [text for name, text in texts_of(dict(samples.sample_values())) if name.endswith("_mn")]
    listed.append(wording.catalogue("zh_CN")["form.sample.name_mn"])
    return [*listed, *OFFICE_NAMES]


@functools.cache
def other_font() -> pyharfrust.Font:
    return pyharfrust.Font(str(FONT))


@functools.cache
def by_another(text: str) -> list[tuple[int, int, int, int]]:
    """Glyphs and places as HarfRust, a shaper in another language, gives them."""
    font, buffer = other_font(), pyharfrust.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    shaped = font.shape(buffer)
    pairs = zip(shaped.glyph_infos, shaped.glyph_positions, strict=True)
    return [(info.glyph_id, place.x_advance, place.x_offset, place.y_offset) for info, place in pairs]


@functools.cache
def named_font() -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(FONT))))


def names_of(text: str) -> list[str]:
    font = named_font()
    return [font.glyph_to_string(glyph.glyph) for glyph in mongolian.shaped(text)]


def test_glyphs_and_advances_of_every_string_are_those_of_another_shaper() -> None:
    strings = every_string()
    assert len(strings) > 180
    for text in strings:
        turned = [part for part, turns in mongolian.parts(mongolian.stored(text)) if turns]
        for part in turned:
            assert [tuple(glyph) for glyph in mongolian.shaped(part)] == by_another(part), part
            words = [tuple(glyph) for word in part.split(" ") for glyph in mongolian.shaped(word)]
            spaced = [glyph for glyph in by_another(part) if glyph[0] != by_another(" ")[0][0]]
            assert words == spaced, part


def test_both_joiners_of_a_suffix_give_the_same_glyphs_and_a_blank_others() -> None:
    for text in (OF_THE_HOUSE, OF_MONGOLIA):
        assert by_another(text) == by_another(mongolian.stored(text))
        place = text.index("\u202f") + 1 - len(text)
        assert by_another(text)[place] != by_another(text.replace("\u202f", " "))[place]


def test_no_string_shows_a_missing_glyph_or_the_mark_of_a_misused_control() -> None:
    for text in every_string():
        shown = set(names_of(mongolian.stored(text)))
        assert not shown & {".notdef", "mvs", "nnbsp", "fvs1", "fvs2", "fvs3", "fvs4"}, text


def test_the_glyphs_are_written_with_the_advances_that_the_font_declares() -> None:
    advances = mongolian.glyph_advances()
    for text in every_string():
        for glyph in mongolian.shaped(mongolian.stored(text)):
            assert (glyph.advance, glyph.dx, glyph.dy) == (advances[glyph.glyph], 0, 0), text


def test_the_font_is_the_one_with_todays_rules_under_a_name_of_its_own() -> None:
    face = fonts.font(fonts.MONGOLIAN).face
    assert face.familyName == b"Shequ Mongolian"
    assert b"3.002" in FONT.read_bytes().replace(b"\x00", b"")


def test_a_suffix_is_kept_with_its_word_inside_and_leaves_with_the_joiner_of_todays_fonts() -> None:
    kept = mongolian.stored(OF_THE_HOUSE)
    assert kept == OF_THE_HOUSE.replace("\u202f", "\u180e")
    assert len(kept.split()) == 1
    assert mongolian.shown(kept) == OF_THE_HOUSE
    assert mongolian.shown(NAME) == NAME
    assert mongolian.stored("\u202f12\u202f") == "\u202f12\u202f"


def test_a_column_breaks_at_blanks_only() -> None:
    text = OF_THE_HOUSE + " " + NAME
    whole = mongolian.length(mongolian.stored(text), 9)
    assert [column.words for column in mongolian.columns(text, 9, whole)] == [mongolian.stored(text)]
    assert [column.words for column in mongolian.columns(text, 9, whole - 1)] == [mongolian.stored(OF_THE_HOUSE), NAME]


def test_a_stop_stays_with_the_word_before_it() -> None:
    columns = mongolian.columns(HOUSE + " " + NAME + " \u1803", 9, mongolian.length(NAME + " \u1803", 9))
    assert [column.words for column in columns] == [HOUSE, NAME + " \u1803"]


def test_a_word_too_long_for_its_cell_is_smaller_but_no_smaller_than_seven_tenths() -> None:
    long = mongolian.length(HOUSE, 10)
    (column,) = mongolian.columns(HOUSE, 10, long * 0.8)
    assert column.size == pytest.approx(8)
    assert column.length <= long * 0.8 + 0.01
    (longer,) = mongolian.columns(HOUSE, 10, long * 0.3)
    assert (longer.words, longer.size) == (HOUSE, 7)
    assert longer.length > long * 0.3


def test_a_suffix_that_finds_no_room_takes_the_next_column_with_its_joiner() -> None:
    columns = mongolian.columns(OF_THE_HOUSE, 10, mongolian.length(HOUSE, 7))
    assert [column.words for column in columns] == [HOUSE, "\u180e\u1836\u1822\u1828"]
    assert by_another(columns[1].words)[1:] == by_another(mongolian.stored(OF_THE_HOUSE))[-3:]
    assert [column.words for column in mongolian.columns(NAME, 10, 5)] == [NAME]


@given(
    st.lists(st.sampled_from([HOUSE, OF_THE_HOUSE, NAME, OF_MONGOLIA, "12", "\u6c49"]), min_size=1, max_size=7),
    st.floats(5, 120),
    st.integers(1, 3),
)
@settings(max_examples=60, deadline=None)
def test_columns_lose_nothing_and_are_never_more_than_there_is_room_for(words: list[str], room: float, most: int) -> None:
    text = " ".join(words)
    columns = mongolian.fitting_columns(text, 9, room=room, most=most)
    assert len(columns) <= most
    joined = " ".join(column.words for column in columns).replace(" \u180e", "\u180e")
    assert joined == mongolian.stored(text)
    assert all(6.29 <= column.size <= 9 for column in columns)


def test_digits_latin_and_brackets_turn_with_the_column_and_chinese_stands() -> None:
    parts = list(mongolian.parts(NAME + " 138 (A)\u6c49\u5b57\uff1f" + HOUSE))
    assert parts == [(NAME + " 138 (A)", True), ("\u6c49\u5b57\uff1f", False), (HOUSE, True)]
    assert mongolian.length("\u6c49\u5b57", 9) == 18


def test_what_the_face_lacks_is_named() -> None:
    assert mongolian.missing(NAME + "\ue001" + "\u4dae") == ()
    assert mongolian.missing(NAME) == ()
    assert mongolian.missing(NAME + "\u18aa\u18af") == ("\u18af",)


def test_a_line_that_lies_keeps_its_mongolian_words_whole() -> None:
    cells = fonts.runs("\u5415 " + NAME, fonts.REGULAR)
    assert [run.face for run in cells] == [fonts.REGULAR, fonts.MONGOLIAN]
    assert fonts.width("\u5415" + NAME, fonts.REGULAR, 10) == pytest.approx(10 + mongolian.spread(NAME, 10))


def test_every_term_of_the_list_has_allowed_letters_and_a_known_status() -> None:
    with (paths.resources() / "mongolian_terms.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 192
    for row in rows:
        assert row["status"] in terms.STATUSES
        assert bool(row["mn"]) == (row["status"] != "missing"), row["key"]
        for before, letter, after in zip(" " + row["mn"], row["mn"], row["mn"][1:] + " ", strict=False):
            assert "\u1820" <= letter <= "\u1842" or letter in " \u180b\u180e\u202f", row["key"]
            if letter in "\u180b\u180e\u202f":
                assert "\u1820" <= before <= "\u1842", row["key"]
            if letter in "\u180e\u202f":
                assert "\u1820" <= after <= "\u1842", row["key"]


def test_each_head_cells_term_exists_and_what_is_missing_is_left_out() -> None:
    assert set(terms.LABEL_TERMS.values()) <= set(terms.terms())
    assert terms.of_label("follow_up") == ""
    assert terms.of_label("resident.name") == NAME
    assert terms.script({"one": "name", "two": "follow_up"}) == {"one": NAME}
    assert terms.unreviewed([NAME]) == ("name",)
