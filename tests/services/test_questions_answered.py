"""A doubtful value from paper is answered: taken, kept, or written anew; the question then no longer waits."""

from datetime import date

import pytest

from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.questions import question_id
from shequ_desktop.services import questions
from shequ_desktop.storage.archive import Archive

TODAY = date(2026, 11, 25)


def asked(archive: Archive, about: str, field: str, paper_value: str, kind: str = "resident") -> str:
    """A question as an import leaves it."""
    fields = {"about_kind": kind, "about": about, "field": field, "paper_value": paper_value, "reason": "id_check_digit"}
    with archive.write() as work:
        return work.create("question", fields, record=question_id(about, field, paper_value))


@pytest.fixture
def resident(archive: Archive) -> str:
    with archive.write() as work:
        return work.create("resident", {"name": "巴特尔"})


def fields_of(archive: Archive, kind: str, record: str) -> dict[str, object]:
    with archive.read() as reader:
        found = reader.record(kind, record)
    assert found
    return dict(found.fields)


def test_the_papers_value_is_taken_and_the_question_waits_no_more(archive: Archive, resident: str) -> None:
    question = asked(archive, resident, "told_birth_date", "1958年7月1日")
    assert questions.take(archive, question=question, today=TODAY) is None
    assert fields_of(archive, "resident", resident)["told_birth_date"] == "1958-07-01"
    assert questions.open_questions(archive) == []
    assert fields_of(archive, "question", question)["answer"] == questions.TAKEN


def test_a_wrong_number_is_corrected_from_the_card(archive: Archive, resident: str) -> None:
    question = asked(archive, resident, "id_number", "152523195807010411")
    refused = questions.take(archive, question=question, today=TODAY)
    assert isinstance(refused, Problem)
    assert (refused.key, refused.field) == ("id_check_digit", "id_number")
    assert [one.id for one in questions.open_questions(archive)] == [question]
    assert questions.take(archive, question=question, value="152523195807010410", today=TODAY) is None
    assert fields_of(archive, "resident", resident)["id_number"] == "152523195807010410"
    assert fields_of(archive, "question", question)["answer"] == questions.CORRECTED


def test_what_the_archive_says_is_kept(archive: Archive, resident: str) -> None:
    question = asked(archive, resident, "name", "巴特")
    assert questions.keep(archive, question=question, today=TODAY) is None
    assert fields_of(archive, "resident", resident)["name"] == "巴特尔"
    assert questions.open_questions(archive) == []


def test_a_corrected_telephone_becomes_a_telephone_of_the_resident_once(archive: Archive, resident: str) -> None:
    for paper in ("1390479010", "139047901"):
        question = asked(archive, resident, "phone", paper)
        assert questions.take(archive, question=question, value="13904790103", today=TODAY) is None
    with archive.read() as reader:
        assert [phone.fields["number"] for phone in reader.where("phone", resident=resident)] == ["13904790103"]


def test_where_somebody_lives_is_answered_in_the_record(archive: Archive, resident: str) -> None:
    question = asked(archive, resident, "household", "0007")
    refused = questions.take(archive, question=question, today=TODAY)
    assert isinstance(refused, Problem)
    assert refused.key == "answer_in_record"
    assert [one.id for one in questions.open_questions(archive)] == [question]


def test_a_question_that_is_not_there_is_one_sentence(archive: Archive) -> None:
    refused = questions.keep(archive, question="01a21066-e3ed-7508-9a11-02f67a08501e", today=TODAY)
    assert isinstance(refused, Problem)
    assert refused.key == "no_such_record"
