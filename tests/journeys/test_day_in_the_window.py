"""One working day, by keyboard alone: an archive made, a roster taken in, people found, visits written, forms printed, a league
met, a conflict decided, the window locked and opened. In the end nothing is lost, and both laptops and the league agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from shequ_desktop.demo.people import Gacha, make_gacha
from shequ_desktop.demo.roster import write_roster
from shequ_desktop.domain.names import initials
from shequ_desktop.services import conflicts, due, exporting, records, rosters, synchronise, visits
from shequ_desktop.services.synchronise import Synchronised
from shequ_desktop.services.visit_forms import VisitDraft
from shequ_desktop.storage.archive import Archive
from shequ_desktop.ui.conflicts.conflicts_page import ConflictsPage
from shequ_desktop.ui.face import Face
from shequ_desktop.ui.households.households_page import HouseholdsPage
from shequ_desktop.ui.outside import Outside
from shequ_desktop.ui.pages import COMPANIONS, PAGES
from shequ_desktop.ui.printing.print_page import PrintPage
from shequ_desktop.ui.residents.residents_page import ResidentsPage
from shequ_desktop.ui.rosters.import_page import ImportPage
from shequ_desktop.ui.rosters.import_state import Step
from shequ_desktop.ui.today.today_page import TodayPage
from shequ_desktop.ui.unlock.first_start import CodeSheet, FirstStart, JoinSheet
from shequ_desktop.ui.unlock.unlock_page import UnlockPage
from shequ_desktop.ui.visits.visit_page import VisitPage
from shequ_desktop.ui.window import Window
from tests.exchange.place import Laptop, Place
from tests.journeys.hands import ALT, CTRL, Hands
from tests.made import PASSPHRASE, TODAY, USER, id_number, reopen

HOUSEHOLDS, LISTED_DAYS_AGO, VISITED_DAYS_AGO = 24, 45, 40
ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
HIGH, LOW = "1", "3"


@dataclass
class Story:
    """The day so far. `told`: what it took, in keys."""

    hands: Hands
    place: Place
    address: str
    folder: Path
    gacha: Gacha
    told: dict[str, int] = field(default_factory=dict)

    @property
    def archive(self) -> Archive:
        return self.hands.main.session.archive

    def export(self) -> list[str]:
        with self.archive.read() as reader:
            return list(exporting.lines(reader))


@pytest.fixture
def story(
    face: Face, outside: Outside, unforeseen: list[Exception], place: Place, address: str, tmp_path: Path
) -> Iterator[Story]:
    folder = tmp_path / "mine"
    window = Window(face, folder, outside, PAGES, companions=COMPANIONS)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    yield Story(Hands(window), place, address, folder, make_gacha(households=HOUSEHOLDS, seed=7, today=TODAY))
    window.close()
    window.deleteLater()
    assert unforeseen == []


def test_a_day_in_the_window_by_keyboard_alone(story: Story, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    make_the_archive(story)
    take_in_the_roster(story, monkeypatch, tmp_path / "花名册.xlsx")
    find_a_person(story)
    send_and_receive(story)
    other = a_colleague_visited(story)
    repeat_the_visit(story)
    register_somebody(story)
    print_what_is_due(story, monkeypatch, tmp_path / "forms.pdf")
    home = begin_a_visit_and_lock(story)
    differ_about_a_risk(story, other)
    decide(story)
    leave_and_come_back(story, home)
    everybody_agrees(story, other)
    print("\nkeys: " + ", ".join(f"{what} {count}" for what, count in story.told.items()))  # noqa: T201 (asked for)
    assert story.told["a repeat visit"] <= 40
    assert story.told["an import"] <= 4


def make_the_archive(story: Story) -> None:
    hands, first = story.hands, story.hands.window.shown
    assert isinstance(first, FirstStart)
    sheet = first.make_sheet
    hands.to(sheet.person.editor)
    hands.write(USER)
    for secret in (sheet.passphrase, sheet.again):
        hands.to(secret.editor)
        hands.write(PASSPHRASE)
    hands.press(ENTER)
    code = first.currentWidget()
    assert isinstance(code, CodeSheet)
    hands.write(code._last)
    hands.press(ENTER)
    join = first.currentWidget()
    assert isinstance(join, JoinSheet)
    hands.to(join.server.editor)
    hands.write(story.address)
    hands.to(join.code.editor)
    hands.write(story.place.code())
    hands.press(ENTER)
    hands.until(lambda: hands.window.main is not None, "the archive is not open")
    assert isinstance(hands.main.page, TodayPage)


def take_in_the_roster(story: Story, monkeypatch: pytest.MonkeyPatch, roster: Path) -> None:
    """From the empty first page: Enter, a file, Ctrl+Enter. The equation holds and everybody is there."""
    listed = TODAY - timedelta(days=LISTED_DAYS_AGO)
    written = write_roster(story.gacha, roster, day=listed, seed=7)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(roster), ""))
    hands = story.hands

    def act() -> None:
        hands.press(ENTER)
        page = hands.main.page
        assert isinstance(page, ImportPage)
        if page.state.step is Step.CHOOSE:
            hands.press(ENTER)
        hands.until(lambda: page.state.step is Step.MATCH and page.state.preview is not None, "the roster is not looked at")
        hands.press(ENTER, CTRL)
        hands.until(lambda: page.state.step is Step.DONE, "the roster is not taken in")
        result = page.state.result
        assert result is not None
        counted = rosters.as_document(result)
        assert counted["rows"] == sum(counted[name] for name in ("added", "matched", "asked", "refused")) > HOUSEHOLDS

    story.told["an import"] = hands.count(act)
    with story.archive.read() as reader:
        assert reader.count("household") == HOUSEHOLDS
        assert reader.count("resident") == written.people - written.twice


def find_a_person(story: Story) -> None:
    """Ctrl+K and the initials of whoever has the rarest ones; Enter opens them."""
    hands = story.hands
    with story.archive.read() as reader:
        names = [str(one.fields["name"]) for one in reader.all("resident") if one.fields.get("name")]
    read = {name: sorted(initials(name))[0] for name in names}
    wanted = max(names, key=lambda name: (len(read[name]), -sum(other.startswith(read[name]) for other in read.values()), name))

    def act() -> None:
        hands.press(Qt.Key.Key_K, CTRL)
        hands.write(read[wanted])
        box = hands.main.top.search
        hands.until(lambda: box.answers.isVisible(), "nothing is found")
        hands.press(ENTER)

    story.told["finding a person"] = hands.count(act)
    page = hands.main.page
    assert isinstance(page, ResidentsPage)
    assert page.shown.head.title.text() == wanted


def send_and_receive(story: Story) -> None:
    """F5: all that waits goes out; the page that was in sight stays."""
    hands = story.hands
    before = hands.main.page
    hands.press(Qt.Key.Key_F5)
    hands.until(lambda: waiting(story) == 0, "something still waits")
    assert hands.main.page is before


def waiting(story: Story) -> int:
    with story.archive.read() as reader:
        return int(reader.connection.exec_driver_sql("SELECT count(*) FROM log WHERE seq IS NULL").scalar() or 0)


def a_colleague_visited(story: Story) -> Laptop:
    """Forty days ago, at the household that stands first today; it comes with the next sync."""
    other = story.place.laptop("萨仁")
    other.synced()
    first = due.told(other.archive, on=TODAY)[0]
    draft = visits.start(other.archive, household=first["household"])
    assert isinstance(draft, VisitDraft)
    content = {
        "visit": {
            "visited_on": (TODAY - timedelta(days=VISITED_DAYS_AGO)).isoformat(),
            "means": "10", "visitors": "萨仁", "outcome": "11", "needs": "要一吨煤", "remark": "狗拴好了",
        },
        "notes": [{"care_record": one, "outcome": "11", "condition": "膝盖疼"} for one in first["care_records"]],
        "promises": [{"promised": "问冬季燃煤补贴", "due_on": TODAY.isoformat()}],
        "seen": 0,
    }  # fmt: skip
    done = visits.finish(other.archive, draft=visits.keep(other.archive, draft=draft, content=content), today=TODAY)
    assert isinstance(done, str), done
    other.synced()
    send_and_receive(story)
    story.hands.until(lambda: count(story, "visit") == 1, "the colleague's visit did not come")
    return other


def count(story: Story, kind: str) -> int:
    with story.archive.read() as reader:
        return reader.count(kind)


def repeat_the_visit(story: Story) -> None:
    """From Today: the household that the colleague visited, with what is as last time taken over field by field."""
    hands = story.hands
    with story.archive.read() as reader:
        (before,) = reader.all("visit")
    home = f"household {before.fields['household']}"
    hands.press(Qt.Key.Key_1, CTRL)
    today = hands.main.page
    assert isinstance(today, TodayPage)
    hands.until(lambda: any(row.id == home for row in today.visits.rows.rows), "the household is not due")
    hands.to(today.visits)
    while today.visits.chosen_id() != home:
        hands.press(Qt.Key.Key_Down)

    def act() -> None:
        hands.press(ENTER)
        page = hands.main.page
        assert isinstance(page, VisitPage)
        hands.until(lambda: page.state is not None, "the form does not open")
        names = [tab.value for tab in page.tabs.shown()]
        for name in names:
            for spot, entry in list(page.forms[name].fields.items()):
                if spot.field in ("outcome", "condition"):
                    hands.to(entry.editor)
                    hands.press(ENTER, ALT)
            if name != names[-1]:
                hands.press(TAB, CTRL)
        hands.press(ENTER, CTRL)

    story.told["a repeat visit"] = hands.count(act)
    hands.until(lambda: count(story, "visit") == 2, "the visit is not finished")
    with story.archive.read() as reader:
        newest = max(reader.all("visit"), key=lambda one: str(one.fields["visited_on"]))
        notes = reader.where("visit_note", visit=newest.id)
    assert newest.fields["household"] == before.fields["household"]
    assert newest.fields["outcome"] == "11"
    assert [note.fields["condition"] for note in notes] == ["膝盖疼"] * len(notes)
    assert notes != []


def register_somebody(story: Story) -> None:
    """Ctrl+N on the page of households: a household of one person, with a number that says sex and birthday."""
    hands, before = story.hands, count(story, "resident")
    hands.press(Qt.Key.Key_2, CTRL)
    page = hands.main.page
    assert isinstance(page, HouseholdsPage)

    def act() -> None:
        hands.press(Qt.Key.Key_N, CTRL)
        form = page.shown.form.form
        assert form is not None
        for name, text in (("resident.name", "宝音德力格尔"), ("resident.id_number", id_number(11))):
            hands.to(form.inputs[name].widget)
            hands.write(text)
        hands.press(ENTER, CTRL)

    story.told["a new resident"] = hands.count(act)
    hands.until(lambda: count(story, "resident") == before + 1, "the resident is not there")


def print_what_is_due(story: Story, monkeypatch: pytest.MonkeyPatch, out: Path) -> None:
    """Ctrl+P on Today leads to the forms of everybody due; they are saved as one PDF."""
    hands = story.hands
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(out), ""))
    hands.press(Qt.Key.Key_1, CTRL)
    wanted = len(due.told(story.archive, on=TODAY))

    def act() -> None:
        hands.press(Qt.Key.Key_P, CTRL)
        page = hands.main.page
        assert isinstance(page, PrintPage)
        hands.until(lambda: page.prepared is not None, "nothing is laid out")
        hands.press(Qt.Key.Key_S, CTRL)

    story.told["printing all due"] = hands.count(act)
    hands.until(out.exists, "no PDF was written")
    assert len(pypdfium2.PdfDocument(out)) >= wanted > 10


def begin_a_visit_and_lock(story: Story) -> str:
    """Half a sentence, then Ctrl+L: the window is blank; opened again, the form stands there with the sentence in it."""
    hands = story.hands
    hands.press(Qt.Key.Key_1, CTRL)
    today = hands.main.page
    assert isinstance(today, TodayPage)
    hands.to(today.visits)
    hands.press(ENTER)
    page = hands.main.page
    assert isinstance(page, VisitPage)
    hands.until(lambda: page.state is not None, "the form does not open")
    remark = next(entry for spot, entry in page.forms[next(iter(page.forms))].fields.items() if spot.field == "remark")
    hands.to(remark.editor)
    hands.write("门口的井盖")
    target = page.target()
    hands.press(Qt.Key.Key_L, CTRL)
    assert hands.window.main is None
    unlock(story)
    again = hands.main.page
    assert isinstance(again, VisitPage)
    hands.until(lambda: again.target() == target, "the draft is not offered again")
    assert "门口的井盖" in [entry.text() for entry in again.forms[next(iter(again.forms))].fields.values()]
    hands.press(ESC)
    return target


def unlock(story: Story) -> None:
    hands = story.hands
    page = hands.window.shown
    assert isinstance(page, UnlockPage)
    hands.to(page.passphrase.editor)
    hands.write(PASSPHRASE)
    hands.press(ENTER)
    hands.until(lambda: hands.window.main is not None, "the archive does not open")


def differ_about_a_risk(story: Story, other: Laptop) -> None:
    """Both assess the same person without having seen each other; nobody's word is lost, a person decides."""
    other.synced()
    with story.archive.read() as reader:
        care = next(one for one in reader.all("care_record") if not one.fields.get("risk"))
    mine = records.edit(story.archive, kind="care_record", record=care.id, typed={"risk": HIGH}, today=TODAY)
    assert mine is True
    other.edit(care.id, "care_record", risk=LOW)
    other.synced()
    send_and_receive(story)


def decide(story: Story) -> None:
    """From Today to the two values, and one of them is taken."""
    hands = story.hands
    hands.press(Qt.Key.Key_1, CTRL)
    today = hands.main.page
    assert isinstance(today, TodayPage)
    hands.until(lambda: any(row.icon == "git-diff" for row in today.to_decide.rows.rows), "the conflict is not told")
    hands.to(today.to_decide)
    hands.press(Qt.Key.Key_Home)
    hands.press(ENTER)
    page = hands.main.page
    assert isinstance(page, ConflictsPage)
    hands.until(lambda: bool(page.case_pane.parts), "the case is not shown")
    hands.to(page.list_pane.list)
    hands.press(ENTER)
    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Space)
    hands.press(ENTER, CTRL)
    hands.until(lambda: not conflicts.conflicts(story.archive), "it is not decided")
    (decided,) = [one for one in conflicts.conflicts(story.archive, every=True) if one.group == "risk"]
    assert {side.fields["risk"] for side in decided.sides} == {HIGH, LOW}
    with story.archive.read() as reader:
        care = reader.record("care_record", decided.record)
    assert care is not None
    assert care.fields["risk"] == HIGH, "the colleague's came to the league first and stood; the second value was taken"


def leave_and_come_back(story: Story, draft: str) -> None:
    """The window is closed with a draft in it, and the archive opened by another program: all of it is there."""
    hands, before = story.hands, story.export()
    hands.window.close()
    archive = reopen(story.folder)
    with archive.read() as reader:
        assert list(exporting.lines(reader)) == before
        found = reader.connection.exec_driver_sql("SELECT count(*) FROM draft WHERE form = 'visit'").scalar()
    assert found == 1, draft
    archive.close()


def everybody_agrees(story: Story, other: Laptop) -> None:
    """What was still unsent goes out by the command's way; three exports are equal byte for byte."""
    archive = reopen(story.folder, clock=story.place.hands.look)
    done = synchronise.synchronise(archive)
    assert isinstance(done, Synchronised), done
    assert (done.problem, done.waiting) == (None, 0)
    other.synced()
    with archive.read() as reader:
        mine = list(exporting.lines(reader))
    archive.close()
    assert mine == other.export() == story.place.export()
