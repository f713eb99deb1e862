"""Makes a golden archive at a release: `python tests/golden/make_golden_archive.py`. The people in it do not exist.

Run it when a revision is added; commit the folder it names. A test opens, migrates, counts and searches every one.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from shequ_desktop.domain.changes import Change, Logged, Outcome  # noqa: E402
from shequ_desktop.domain.records import KINDS  # noqa: E402
from shequ_desktop.services import unlocking, visits  # noqa: E402
from shequ_desktop.services.exporting import lines  # noqa: E402
from shequ_desktop.storage import apply, upgrading  # noqa: E402
from shequ_desktop.storage.archive import DATABASE, Archive  # noqa: E402
from shequ_desktop.storage.drafts import Draft  # noqa: E402
from shequ_desktop.storage.names import Names  # noqa: E402
from tests.made import TODAY, Clock, edit, id_number, make_archive, save, typed  # noqa: E402

SECOND_USER, SECOND_PASSPHRASE = "王医生", "一条河往北流过去"
NAMES = ("额尔敦其木格", "阿拉坦·其其格", "单春梅", "䶮㛃", "Sarangerel", "尉迟红", "张三", "𫖮𬭎")


def main() -> int:
    folder = Path(__file__).parent / "making"
    archive = make_archive(folder, clock=Clock())
    unlocking.add_person(archive, user=SECOND_USER, passphrase=SECOND_PASSPHRASE)
    fill(archive)
    with archive.read() as reader:
        revisions = sorted(upgrading.stamped(reader.connection), reverse=True)
        told = {
            "revisions": revisions,
            "counts": {kind: reader.count(kind) for kind in KINDS},
            "log": reader.connection.exec_driver_sql("SELECT count(*) FROM log").scalar(),
            "export": list(lines(reader)),
        }
    with archive.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    archive.close()
    (folder / "expected.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for left in folder.iterdir():
        if left.name not in (DATABASE, "keys.json", "expected.json"):
            left.unlink()
    named = folder.with_name("archive-" + "-".join(revisions))
    folder.rename(named)
    print(named)  # noqa: T201
    return 0


def fill(archive: Archive) -> None:
    """A record of every kind, every sort of change: edits, groups, sets, retraction, decided and waiting ones, a draft."""
    homes = [save(archive, "household", number=f"{n:04}", address=f"乌兰街{n}号", area="152501") for n in range(1, 5)]
    people = [save(archive, "resident", name=name, id_number=id_number(n + 1)) for n, name in enumerate(NAMES)]
    for n, who in enumerate(people):
        save(archive, "membership", household=homes[n % 4], resident=who, relation="02" if n < 4 else "20")
        save(archive, "phone", resident=who, number=f"1394790{n:04}")
    care = save(
        archive, "care_record", resident=people[0], care_kind="elder", risk="1", special_hardship=True, opened_on="2026-06-01"
    )
    save(archive, "care_record", resident=people[1], care_kind="child", opened_on="2026-07-01")
    edit(archive, "resident", people[2], subsidies=["101", "102"], education="20")
    edit(archive, "resident", people[2], subsidies=["102"])
    with archive.write() as work:
        work.retract("resident", people[6])
    typed(
        archive, "question", about_kind="resident", about=people[3], field="id_number", paper_value="无", reason="id_placeholder"
    )
    typed(archive, "suggestion", text="表格上的字再大一点", about_page="visit")
    _visit(archive, homes[0], care)
    _decide(archive, homes[1])
    draft = visits.start(archive, household=homes[1])
    assert isinstance(draft, Draft)
    visits.keep(archive, draft=draft, content={"visit": {"remark": "没写完"}, "notes": [], "promises": [], "seen": 0})


def _visit(archive: Archive, home: str, care: str) -> None:
    draft = visits.start(archive, household=home)
    assert isinstance(draft, Draft)
    content = {
        "visit": {"visited_on": "2026-11-20", "remark": "精神好"},
        "notes": [{"care_record": care, "condition": "比上次好"}],
        "promises": [{"promised": "帮忙办残疾证", "due_on": "2027-03-01"}],
        "seen": 0,
    }
    finished = visits.finish(archive, draft=visits.keep(archive, draft=draft, content=content), today=TODAY)
    assert isinstance(finished, str), finished


def _decide(archive: Archive, home: str) -> None:
    """The league takes the household, another device edits it, and this one edits it again without having sent it."""
    with archive.read() as reader:
        (row,) = reader.log_of([home])
    far = Change(
        "0123456789ab", 5, 1, "household", home, {"remark": "远方写的", "winter_pasture": "北沟"}, 1, "远方", 1_795_000_000_000
    )
    logged = [row.decided(Outcome(1, row.change.time_ms)), Logged(far, Outcome(2, far.time_ms, frozenset(), (1,)))]
    with archive.engine.begin() as connection:
        apply.decided(connection, Names(connection), logged, own=[row.change.id])
    archive.refresh()
    edit(archive, "household", home, remark="还没上传")


if __name__ == "__main__":
    sys.exit(main())
