"""What is shown of masked values, and that every problem has its sentence in both languages."""

import ast
import csv
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shequ_desktop import paths, wording
from shequ_desktop.domain import problems
from shequ_desktop.domain.fields import Type
from shequ_desktop.domain.masking import masked, masked_id, masked_phone

DOMAIN = Path(problems.__file__).parent
FORBIDDEN = ("!", "！", "提交", "操作成功", "非法", "数据", "你")


@pytest.mark.parametrize(
    ("field_type", "value", "shown"),
    [
        (Type.ID_NUMBER, "152523194109030428", "1525**********0428"),
        (Type.ID_NUMBER, "152523410903042", "1525*******3042"),
        (Type.ID_NUMBER, "H12345678", "*******78"),
        (Type.PHONE, "13812342206", "138****2206"),
        (Type.PHONE, "0479-8812345", "********2345"),
        (Type.TEXT, "6228480010001234567", "***************4567"),
        (Type.PHONE, "123", "**3"),
        (Type.TEXT, "", ""),
    ],
)
def test_enough_is_shown_to_recognise(field_type: Type, value: str, shown: str) -> None:
    assert masked(field_type, value) == shown


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=string.digits + "X", min_size=1, max_size=24))
def test_length_stays_and_a_good_part_is_always_hidden(value: str) -> None:
    for shown in (masked_id(value), masked_phone(value), masked(Type.TEXT, value)):
        assert len(shown) == len(value)
        assert 3 * shown.count("*") >= len(value)
        assert shown == "*" * len(value) or shown != value


def _rows() -> list[dict[str, str]]:
    with (paths.translations() / "messages" / "domain.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _texts_in_code() -> set[str]:
    """Every string in the rules' own files that is written like a key."""
    found: set[str] = set()
    for file in ("identity", "dates", "names", "phones", "rules"):
        for node in ast.walk(ast.parse((DOMAIN / f"{file}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_every_key_has_a_sentence_and_every_sentence_a_key() -> None:
    keys = [row["key"] for row in _rows()]
    assert sorted(keys) == sorted(problems.KEYS)
    assert len(set(keys)) == len(keys)


def test_every_key_is_given_by_a_rule_and_no_rule_gives_another() -> None:
    prefixes = ("id_", "date_", "name_", "lunar_", "animal_", "not_")
    given_keys = {text for text in _texts_in_code() if text.startswith(prefixes) and " " not in text}
    assert given_keys == set(problems.KEYS)


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_sentences_are_whole_and_keep_to_the_house_words(language: str) -> None:
    for row in _rows():
        sentence = row[language]
        assert sentence.endswith("。" if language == "zh_CN" else ".")
        assert not any(word in sentence for word in FORBIDDEN)
        assert wording.say(row["key"], language) == sentence
