"""Who opens the archive: passphrases, the recovery code, and keys that are damaged."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import unlocking
from shequ_desktop.storage import keyring
from shequ_desktop.storage.archive import DATABASE, Archive
from shequ_desktop.storage.keyring import Cost
from tests.made import PASSPHRASE, USER, Clock, contents, fields_of, save

OTHER = "一条河往北流过去"


def unlocked(folder: Path, user: str = USER, passphrase: str = PASSPHRASE) -> Archive | Problem:
    return unlocking.unlock(folder, user=user, passphrase=passphrase, clock=Clock())


def opens(folder: Path, user: str = USER, passphrase: str = PASSPHRASE) -> bool:
    answer = unlocked(folder, user, passphrase)
    if isinstance(answer, Archive):
        answer.close()
    return isinstance(answer, Archive)


def refused(folder: Path, user: str = USER, passphrase: str = PASSPHRASE) -> str:
    answer = unlocked(folder, user, passphrase)
    assert isinstance(answer, Problem), answer
    return answer.key


def made(folder: Path) -> tuple[Archive, str]:
    answer = unlocking.make(
        folder, user=USER, passphrase=PASSPHRASE, clock=Clock(), cost=Cost(memory_kib=1024, rounds=1, lanes=1)
    )
    assert isinstance(answer, tuple), answer
    return answer


@pytest.mark.parametrize("wrong", ["", "x", PASSPHRASE + " ", PASSPHRASE[:-1], "a" * 100_000, "\udce9\udc80", "\0"])
def test_a_wrong_passphrase_is_one_problem(archive: Archive, wrong: str) -> None:
    archive.close()
    before = contents(archive.folder)
    assert refused(archive.folder, passphrase=wrong) == "wrong_passphrase"
    assert contents(archive.folder) == before


def test_a_passphrase_opens_also_where_the_locale_knows_no_chinese(archive: Archive) -> None:
    assert opens(archive.folder, passphrase=PASSPHRASE.encode().decode("ascii", "surrogateescape"))


@pytest.mark.parametrize("user", ["王医生", "", "陈静 ", "\udce9", "../陈静"])
def test_an_unknown_user_is_one_problem(archive: Archive, user: str) -> None:
    assert refused(archive.folder, user=user) == "no_such_user"


def test_several_people_open_one_archive_each_with_their_own_passphrase(archive: Archive) -> None:
    home = save(archive, "household", number="17")
    assert unlocking.add_person(archive, user="王医生", passphrase=OTHER) is None
    assert unlocking.people(archive.folder) == sorted([USER, "王医生"])
    assert refused(archive.folder, "王医生", PASSPHRASE) == "wrong_passphrase"
    second = unlocked(archive.folder, "王医生", OTHER)
    assert isinstance(second, Archive)
    assert fields_of(second, "household", home) == {"number": "17"}
    save(second, "household", number="18")
    with second.read() as reader:
        authors = {row.change.author for record in reader.all("household") for row in reader.log_of([record.id])}
    assert authors == {USER, "王医生"}
    second.close()


def test_a_person_added_twice_the_last_one_removed_and_a_short_passphrase_are_problems(archive: Archive) -> None:
    assert unlocking.add_person(archive, user=USER, passphrase=OTHER) == Problem("user_there", values=(("user", USER),))
    assert unlocking.remove_person(archive, user=USER) == Problem("last_user")
    assert unlocking.remove_person(archive, user="谁") == Problem("no_such_user", values=(("user", "谁"),))
    short = unlocking.change_passphrase(archive, passphrase="short")
    assert short is not None
    assert short.key == "passphrase_short"
    named = [unlocking.add_person(archive, user=name, passphrase=OTHER) for name in ("", "  ", "a\nb", "\udce9")]
    assert [problem.key for problem in named if problem] == ["user_name_needed"] * 4
    assert opens(archive.folder)


def test_a_removed_person_opens_nothing_and_what_they_wrote_stays(archive: Archive) -> None:
    unlocking.add_person(archive, user="王医生", passphrase=OTHER)
    with archive.write(author="王医生") as work:
        home = work.create("household", {"number": "17"})
    assert unlocking.remove_person(archive, user="王医生") is None
    assert refused(archive.folder, "王医生", OTHER) == "no_such_user"
    assert fields_of(archive, "household", home) == {"number": "17"}


def test_a_new_passphrase_opens_the_old_one_does_not_and_nothing_is_encrypted_anew(archive: Archive) -> None:
    save(archive, "household", number="17")
    with archive.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    before = (archive.folder / DATABASE).read_bytes()
    assert unlocking.change_passphrase(archive, passphrase=OTHER) is None
    assert (archive.folder / DATABASE).read_bytes() == before
    assert refused(archive.folder) == "wrong_passphrase"
    assert opens(archive.folder, passphrase=OTHER)


def test_the_recovery_code_gives_a_new_passphrase_and_a_new_code_ends_the_old_one(tmp_path: Path) -> None:
    archive, code = made(tmp_path / "a")

    def recover(code: str, passphrase: str = OTHER) -> str:
        answer = unlocking.unlock_by_recovery(archive.folder, user=USER, code=code, passphrase=passphrase, clock=Clock())
        if isinstance(answer, Problem):
            return answer.key
        answer.close()
        return "opened"

    assert recover("23456-" * 6) == "wrong_recovery_code"
    assert recover("") == "wrong_recovery_code"
    assert recover(code, "short") == "passphrase_short"
    assert opens(archive.folder)
    assert recover(f" {code.lower().replace('-', ' ')} ") == "opened"
    assert opens(archive.folder, passphrase=OTHER)
    assert refused(archive.folder) == "wrong_passphrase"
    newer = unlocking.new_recovery_code(archive)
    assert newer != code
    assert recover(code) == "wrong_recovery_code"
    assert recover(newer) == "opened"
    archive.close()


def test_an_archive_is_not_made_over_another_nor_in_a_file(tmp_path: Path, archive: Archive) -> None:
    def key_of(folder: Path) -> str:
        answer = unlocking.make(folder, user=USER, passphrase=PASSPHRASE, clock=Clock())
        assert isinstance(answer, Problem)
        return answer.key

    assert key_of(archive.folder) == "archive_there"
    file = tmp_path / "file"
    file.write_text("a file")
    assert key_of(file) == "folder_not_writable"
    assert key_of(file / "below") == "folder_not_writable"
    assert file.read_text() == "a file"


def damaged(change: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    def apply(content: bytes) -> bytes:
        told = json.loads(content)
        change(told)
        return json.dumps(told).encode()

    return apply


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "cut": lambda content: content[: len(content) // 2],
    "nul": lambda content: b"\0" * len(content),
    "one byte wrong": lambda content: b"\xff" + content[1:],
    "a list": lambda content: b"[1, 2]",
    "a number": lambda content: b"7",
    "deep": lambda content: b"[" * 200_000,
    "no people": damaged(lambda told: told.pop("people")),
    "people a list": damaged(lambda told: told.update(people=["陈静"])),
    "a person a word": damaged(lambda told: told["people"].update({USER: "x"})),
    "no recovery": damaged(lambda told: told.pop("recovery")),
    "newer": damaged(lambda told: told.update(version=2)),
    "salt not base64": damaged(lambda told: told["people"][USER].update(salt="!!")),
    "salt short": damaged(lambda told: told["people"][USER].update(salt="AAAA")),
    "wrapped short": damaged(lambda told: told["people"][USER].update(wrapped="AAAA")),
    "no cost": damaged(lambda told: told["people"][USER].pop("cost")),
    "cost of a cluster": damaged(lambda told: told["people"][USER]["cost"].update(memory_kib=2**31)),
    "cost of a year": damaged(lambda told: told["people"][USER]["cost"].update(rounds=10**9)),
    "cost nothing": damaged(lambda told: told["people"][USER]["cost"].update(lanes=0)),
    "cost in words": damaged(lambda told: told["people"][USER]["cost"].update(rounds="3")),
    "cost of another sort": damaged(lambda told: told["people"][USER]["cost"].update(threads=3)),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damaged_keys_are_one_problem_and_are_left_as_they_are(archive: Archive, damage: Callable[[bytes], bytes]) -> None:
    archive.close()
    file = archive.folder / keyring.FILE
    file.write_bytes(damage(file.read_bytes()))
    before = contents(archive.folder)
    assert refused(archive.folder) == "keys_damaged"
    assert isinstance(unlocking.people(archive.folder), Problem)
    assert contents(archive.folder) == before


def test_a_key_that_was_altered_opens_nothing(archive: Archive) -> None:
    file = archive.folder / keyring.FILE
    told = json.loads(file.read_bytes())
    wrapped = told["people"][USER]["wrapped"]
    told["people"][USER]["wrapped"] = ("B" if wrapped[20] != "B" else "C").join((wrapped[:20], wrapped[21:]))
    file.write_text(json.dumps(told), encoding="utf-8")
    assert refused(archive.folder) == "wrong_passphrase"


def test_a_folder_without_an_archive_is_one_problem(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere") == "no_archive"
    assert not unlocking.is_there(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
