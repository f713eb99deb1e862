"""Suggestions: said once, read by the league, answered there, seen by the one who said them; drafts stay their owner's."""

from __future__ import annotations

from pathlib import Path

from shequ_desktop.services import exporting, suggestions, unlocking
from shequ_desktop.services.suggestions import WAITING, Own
from shequ_desktop.storage.archive import Archive
from tests.made import TODAY, edit, reopen

TEXT = "表格上的字再大一点"


def say(archive: Archive, text: str = TEXT, about: str = "visit") -> str:
    said = suggestions.write(archive, draft=suggestions.own(archive).draft, text=text, about_page=about, today=TODAY)
    assert isinstance(said, str), said
    return said


def own(archive: Archive) -> Own:
    return suggestions.own(archive)


def test_what_was_said_waits_for_the_league(archive: Archive) -> None:
    record = say(archive)
    (one,) = own(archive).listed
    assert (one.id, one.text, one.about_page, one.state, one.answer) == (record, TEXT, "visit", WAITING, "")
    assert not own(archive).enrolled


def test_an_answer_is_seen_with_its_day(archive: Archive) -> None:
    record = say(archive)
    edit(archive, "suggestion", record, answer="下一版就改", answered_on="2026-11-24")
    (one,) = own(archive).listed
    assert (one.answer, one.answered_on) == ("下一版就改", "2026-11-24")


def test_nothing_written_is_refused_and_the_draft_stays(archive: Archive) -> None:
    draft = own(archive).draft
    suggestions.keep(archive, draft=draft, text="写到一半", about_page="")
    refused = suggestions.write(archive, draft=draft, text="  ", about_page="", today=TODAY)
    assert isinstance(refused, list)
    assert [(problem.key, problem.field) for problem in refused] == [("needed", "text")]
    assert own(archive).draft.content["text"] == "写到一半"


def test_a_draft_is_kept_and_goes_when_it_was_said(archive: Archive) -> None:
    draft = own(archive).draft
    suggestions.keep(archive, draft=draft, text=TEXT, about_page="today")
    again = own(archive).draft
    assert (again.id, again.content) == (draft.id, {"text": TEXT, "about_page": "today"})
    assert say(archive) == draft.id
    assert own(archive).draft.content == {}


def test_an_emptied_draft_is_let_go(archive: Archive) -> None:
    draft = own(archive).draft
    suggestions.keep(archive, draft=draft, text=TEXT, about_page="")
    suggestions.keep(archive, draft=draft, text=" ", about_page="")
    assert own(archive).draft.id != draft.id


def test_taken_back_it_is_a_draft_again_and_no_longer_exported(archive: Archive) -> None:
    say(archive)
    (one,) = own(archive).listed
    suggestions.take_back(archive, suggestion=one)
    assert own(archive).listed == ()
    assert own(archive).draft.content == {"text": TEXT, "about_page": "visit"}
    with archive.read() as reader:
        assert [line for line in exporting.lines(reader) if TEXT in line] == []


def test_another_person_of_this_laptop_sees_neither_it_nor_its_draft(archive: Archive, tmp_path: Path) -> None:
    say(archive)
    suggestions.keep(archive, draft=own(archive).draft, text="第二条", about_page="")
    assert unlocking.add_person(archive, user="王医生", passphrase="一条河往北流过去") is None
    archive.close()
    other = reopen(archive.folder, user="王医生", passphrase="一条河往北流过去")
    assert own(other).listed == ()
    assert own(other).draft.content == {}
    other.close()


def test_the_newest_stands_first(archive: Archive) -> None:
    first, second = say(archive, "一"), say(archive, "二")
    assert [one.id for one in own(archive).listed] == [second, first]


def test_the_export_holds_it_without_saying_who(archive: Archive) -> None:
    say(archive)
    with archive.read() as reader:
        (line,) = [line for line in exporting.lines(reader) if '"suggestion"' in line]
    assert archive.user not in line
    assert TEXT in line
