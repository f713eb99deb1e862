"""Which face has which character, and what no face has."""

import pytest

from shequ_desktop.printing import fonts

NAMED = "䶮㛃𫖮𬭎𬀩𰻝"


@pytest.mark.parametrize("face", [fonts.REGULAR, fonts.STRONG])
def test_rare_characters_of_names_are_in_both_weights(face: str) -> None:
    assert fonts.runs("吕" + NAMED, face) == (fonts.Run(face, "吕" + NAMED),)


def test_a_character_of_extension_b_comes_from_the_rare_face() -> None:
    assert fonts.runs("王\U00020021明", fonts.REGULAR) == (
        fonts.Run(fonts.REGULAR, "王"),
        fonts.Run(fonts.RARE, "\U00020021"),
        fonts.Run(fonts.REGULAR, "明"),
    )


def test_every_character_of_extensions_b_to_f_has_a_glyph() -> None:
    blocks = ((0x20000, 0x2A6D6), (0x2A700, 0x2B734), (0x2B740, 0x2B81D), (0x2B820, 0x2CEA1), (0x2CEB0, 0x2EBE0))
    everything = "".join(chr(code) for first, last in blocks for code in range(first, last + 1))
    assert fonts.missing_characters([everything]) == ()


def test_a_character_that_no_font_has_is_named_once() -> None:
    assert fonts.missing_characters(["冯\U000323af", "\U000323af花", "\U000323b0"]) == ("\U000323af", "\U000323b0")
    assert fonts.runs("冯\U000323af", fonts.REGULAR)[1] == fonts.Run(None, "\U000323af")
    assert fonts.width("冯\U000323af", fonts.REGULAR, 10) == 20


def test_what_has_no_shape_is_neither_printed_nor_called_missing() -> None:
    assert fonts.printable("葛\U000e0100\u200b\tA\x07\r\nB") == "葛 A\nB"
    assert fonts.missing_characters(["葛\U000e0100\u200b\tA\x07"]) == ()


def test_the_table_to_unicode_writes_utf_16_in_blocks_of_a_hundred() -> None:
    table = fonts.to_unicode("A+B", ["", *map(chr, range(0x4E00, 0x4E00 + 200)), "\U0002b5ae"])
    assert "<C9> <D86DDDAE>" in table
    assert [line for line in table.splitlines() if line.endswith("beginbfchar")] == [f"{n} beginbfchar" for n in (100, 100, 1)]
    assert "<00> <0000>" not in table
