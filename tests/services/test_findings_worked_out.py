"""Two heads, no head, two open care records: findings, refused to nobody and never written."""

from shequ_desktop.services.findings import Finding, findings
from shequ_desktop.storage.archive import Archive


def household_with(archive: Archive, *relations: str) -> str:
    with archive.write() as work:
        household = work.create("household", {"number": "0412"})
        for relation in relations:
            resident = work.create("resident", {"name": "其木格"})
            work.create("membership", {"household": household, "resident": resident, "relation": relation})
    return household


def test_two_heads_and_no_head_are_found_and_one_head_is_not(archive: Archive) -> None:
    two, none, _right = household_with(archive, "02", "01", "20"), household_with(archive, "20"), household_with(archive, "02")
    assert findings(archive) == [Finding("two_heads", "household", two), Finding("no_head", "household", none)]


def test_a_head_who_left_the_household_counts_no_more(archive: Archive) -> None:
    household = household_with(archive, "02", "01")
    with archive.read() as reader:
        first = reader.where("membership", household=household)[0]
    with archive.write() as work:
        work.edit("membership", first.id, {"until": "2026-01-01"})
    assert findings(archive) == []


def test_two_open_care_records_of_one_kind_are_found_until_one_is_closed(archive: Archive) -> None:
    with archive.write() as work:
        resident = work.create("resident", {"name": "其木格"})
        kept = [work.create("care_record", {"resident": resident, "care_kind": kind}) for kind in ("elder", "elder", "woman")]
    assert findings(archive) == [Finding("two_care_records", "resident", resident)]
    with archive.write() as work:
        work.edit("care_record", kept[0], {"closed_on": "2026-11-25"})
    assert findings(archive) == []
