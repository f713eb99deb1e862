"""Who may receive what (管辖范围): the areas of each record, worked out from its household, and how they move.

Kept set-based at each append, from the day a device is limited to an area. A record that has no area is in the scope of
the device that made it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from shequ_desktop.domain.changes import Logged
from shequ_desktop.domain.records import KINDS
from shequ_desktop.storage import journal, meta
from shequ_desktop.storage.journal import chunks
from shequ_desktop.storage.names import Names
from shequ_desktop.storage.tables import LOG, TABLES
from shequ_league.tables import PLACEMENT, SCOPE_MOVE

Areas = frozenset[str]
_KEPT = "scope_kept"


def device_mark(device: str) -> str:
    """What stands in place of an area for records that have none."""
    return f"@{device}"


def within(area: str, device: str) -> sa.ColumnElement[bool]:
    """Condition on PLACEMENT: this area and those below it, or what the device made and has no area."""
    return sa.or_(PLACEMENT.c.area.startswith(area, autoescape=True), PLACEMENT.c.area == device_mark(device))


def is_kept(connection: sa.Connection) -> bool:
    return meta.get_int(connection, _KEPT) == 1


def begin(connection: sa.Connection) -> None:
    """Work out the areas of all records: the first device that is limited to an area has enrolled."""
    if is_kept(connection):
        return
    meta.put(connection, **{_KEPT: 1})
    everything = {kind: set(connection.scalars(sa.select(table.c.id))) for kind, table in TABLES.items()}
    _Placing(connection, everything).run()


def keep(connection: sa.Connection, rows: Sequence[Logged], *, area: str, device: str) -> None:
    """Bring areas up to date after these decided changes, sent by a device limited to `area` (empty: not limited)."""
    if not rows or not is_kept(connection):
        return
    touched: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        touched[row.change.kind].add(row.change.record)
    placing = _Placing(connection, touched)
    placing.run()
    outside = [record for record, areas in placing.new.items() if area and not _is_within(areas, area, device)]
    last_seq = max(row.outcome.seq for row in rows if row.outcome)
    moved = {**placing.moved, **{record: placing.kinds[record] for record in outside}}
    if moved:
        lines = [{"seq": last_seq, "record": record, "kind": kind} for record, kind in moved.items()]
        connection.execute(sa.insert(SCOPE_MOVE), lines)


def _is_within(areas: Areas, area: str, device: str) -> bool:
    return any(one.startswith(area) or one == device_mark(device) for one in areas)


class _Placing:
    """One pass over the kinds, parents before children: whose areas changed makes its children look again."""

    def __init__(self, connection: sa.Connection, touched: Mapping[str, set[str]]) -> None:
        self.connection = connection
        self.touched = touched
        self.placed: dict[str, Areas] = {}
        self.new: dict[str, Areas] = {}
        self.moved: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self._changed: dict[str, set[str]] = {}

    def run(self) -> None:
        for kind in KINDS:
            dirty = set(self.touched.get(kind, ())) | self._children(kind)
            self._changed[kind] = self._place(kind, dirty) if dirty else set()

    def _children(self, kind: str) -> set[str]:
        """Records of this kind whose parents have other areas now."""
        if kind == "resident":
            return self._residents_concerned()
        found: set[str] = set()
        for name in KINDS[kind].parents:
            above = KINDS[kind].by_name[name].codes
            parents = self._changed.get(above, set()) if above != "*" else set().union(*self._changed.values())
            found |= set(self._column(kind, "id", name, parents))
        return found

    def _residents_concerned(self) -> set[str]:
        """Residents of households that moved, and of memberships that were touched, with those they named before."""
        households, touched = self._changed.get("household", set()), self.touched.get("membership", set())
        found = set(self._column("membership", "resident", "household", households))
        found |= set(self._column("membership", "resident", "id", touched))
        return (found | self._named_before(touched)) - {None}

    def _named_before(self, memberships: Iterable[str]) -> set[str]:
        rows = journal.of_records(self.connection, Names(self.connection), memberships)
        return {value for row in rows if isinstance(value := row.change.fields.get("resident"), str)}

    def _column(self, kind: str, wanted: str, name: str, values: Iterable[str]) -> list[Any]:
        table = TABLES[kind]
        found: list[Any] = []
        for some in chunks(values):
            found += self.connection.scalars(sa.select(table.c[wanted]).where(table.c[name].in_(some)))
        return found

    def _place(self, kind: str, records: set[str]) -> set[str]:
        """Write the areas of these records; answers those that have others than before."""
        wanted = self._areas(kind, records)
        lacking = [record for record in records if not wanted.get(record)]
        makers = self._makers(lacking)
        there = self._stored(records)
        changed: set[str] = set()
        for record in records:
            areas = wanted.get(record) or frozenset({device_mark(makers.get(record, ""))})
            self.placed[record] = areas
            if areas == there.get(record):
                continue
            changed.add(record)
            self.kinds[record] = kind
            if record in there:
                self.moved[record] = kind
            else:
                self.new[record] = areas
        self._write(changed)
        return changed

    def _areas(self, kind: str, records: set[str]) -> dict[str, Areas]:
        if kind == "household":
            table = TABLES[kind]
            pairs: list[Any] = []
            for some in chunks(records):
                pairs += self.connection.execute(sa.select(table.c.id, table.c.area).where(table.c.id.in_(some)))
            return {record: frozenset({area}) for record, area in pairs if area}
        links = self._memberships(records) if kind == "resident" else self._links(kind, records)
        above = self._known({parent for _, parent in links})
        found: defaultdict[str, set[str]] = defaultdict(set)
        for record, parent in links:
            found[record] |= above.get(parent, frozenset())
        return {record: frozenset(areas) for record, areas in found.items()}

    def _links(self, kind: str, records: set[str]) -> list[tuple[str, str]]:
        """(record, parent) of each parent that the kind gets its area through."""
        table = TABLES[kind]
        found: list[tuple[str, str]] = []
        for name in KINDS[kind].parents:
            for some in chunks(records):
                statement = sa.select(table.c.id, table.c[name]).where(table.c.id.in_(some), table.c[name].is_not(None))
                found += [(record, parent) for record, parent in self.connection.execute(statement)]
        return found

    def _memberships(self, residents: set[str]) -> list[tuple[str, str]]:
        """(resident, household) of those who belong to one."""
        table = TABLES["membership"]
        found: list[tuple[str, str]] = []
        for some in chunks(residents):
            there = sa.and_(table.c.resident.in_(some), table.c.household.is_not(None), sa.not_(table.c.retracted))
            found += [(r, h) for r, h in self.connection.execute(sa.select(table.c.resident, table.c.household).where(there))]
        return found

    def _known(self, records: set[str]) -> dict[str, Areas]:
        """Areas of parents: as just worked out, else as they stand."""
        return {**self._stored(records - self.placed.keys()), **{r: self.placed[r] for r in records & self.placed.keys()}}

    def _stored(self, records: Iterable[str]) -> dict[str, Areas]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for some in chunks(records):
            for record, area in self.connection.execute(sa.select(PLACEMENT).where(PLACEMENT.c.record.in_(some))):
                found[record].add(area)
        return {record: frozenset(areas) for record, areas in found.items()}

    def _makers(self, records: Sequence[str]) -> dict[str, str]:
        """The device that wrote the first change of each record."""
        names, found = Names(self.connection), {}
        for some in chunks(records):
            statement = sa.select(LOG.c.record, LOG.c.device).where(LOG.c.record.in_(some)).order_by(LOG.c.seq.desc())
            found.update({record: names.text(device) for record, device in self.connection.execute(statement)})
        return found

    def _write(self, records: set[str]) -> None:
        for some in chunks(records):
            self.connection.execute(sa.delete(PLACEMENT).where(PLACEMENT.c.record.in_(some)))
        lines = [{"record": record, "area": area} for record in records for area in sorted(self.placed[record])]
        if lines:
            self.connection.execute(sa.insert(PLACEMENT), lines)
