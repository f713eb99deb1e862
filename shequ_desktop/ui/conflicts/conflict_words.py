"""Conflicts in words: terms, values side by side, who wrote them, when and where. Knows no Qt widget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shequ_desktop.domain import codes
from shequ_desktop.domain.changes import RETRACTED, Conflict, Side
from shequ_desktop.domain.fields import Field, Privacy
from shequ_desktop.domain.records import KINDS
from shequ_desktop.services.conflict_cases import TWINS, WAITS, Around, Case
from shequ_desktop.ui.conflicts.conflict_state import is_existence
from shequ_desktop.ui.sync.sync_rows import moment
from shequ_desktop.ui.telling import Teller, dotted
from shequ_desktop.ui.widgets.choice_panel import Choice
from shequ_desktop.ui.widgets.options import Option
from shequ_desktop.ui.widgets.rows import Row

_SHORT_ID = 6


@dataclass(frozen=True, slots=True)
class Words:
    """`user` and `device`: who sits here."""

    teller: Teller
    user: str
    device: str

    # -- the list

    def row(self, case: Case) -> Row:
        say = self.teller.say
        if case.state == TWINS:
            names = [person.name for person in case.twins]
            pair = say("ui.conflicts.pair", one=names[0], other=names[1])
            below = self.teller.age_and_sex(case.who.birth, case.who.sex)
            return Row(case.id, pair, say("ui.conflicts.twins_facts"), below, due=say("ui.conflicts.mark.twins"), icon="copy")
        facts = self.teller.listed(dict.fromkeys(self.title(one) for one in case.conflicts))
        return Row(
            case.id,
            case.who.name or say("ui.conflicts.nobody"),
            facts,
            self._writers(case),
            due=moment(self.teller, case.newest_ms),
            due_strong=case.state == WAITS,
            due_colour="text" if case.state == WAITS else "text_2",
            icon="git-diff",
        )

    def _writers(self, case: Case) -> str:
        users = list(dict.fromkeys(side.user for one in case.conflicts for side in one.sides))
        if len(users) == 1:
            return users[0]
        return self.teller.say("ui.conflicts.two", one=users[0], other=self.teller.listed(users[1:]))

    # -- one conflict

    def fields(self, conflict: Conflict) -> list[Field]:
        kind = KINDS.get(conflict.kind)
        return list(kind.groups.get(conflict.group, ())) if kind else []

    def title(self, conflict: Conflict) -> str:
        """Terms of what differs."""
        if is_existence(conflict):
            return self.teller.say("ui.conflicts.existence")
        terms = self.teller.listed(self.teller.term(conflict.kind, field.name) for field in self.disputed(conflict))
        return terms or conflict.group

    def disputed(self, conflict: Conflict) -> list[Field]:
        """Fields of the group in which the writers differ."""
        names = differing([side.fields for side in conflict.sides])
        return [field for field in self.fields(conflict) if field.name in names]

    def value(self, conflict: Conflict, values: Mapping[str, Any], *, mask: bool) -> str:
        """What differs: one value as it is, several each with its term."""
        if is_existence(conflict):
            return self.teller.say("ui.conflicts.gone" if values.get(RETRACTED) else "ui.conflicts.kept")
        fields = self.disputed(conflict)
        if len(fields) == 1:
            return self.teller.value(fields[0], values.get(fields[0].name), mask=mask)
        return "\n".join(self._parts(conflict, fields, values, mask=mask))

    def _parts(self, conflict: Conflict, fields: Sequence[Field], values: Mapping[str, Any], *, mask: bool) -> list[str]:
        told = [(field, self.teller.value(field, values.get(field.name), mask=mask)) for field in fields]
        return [
            self.teller.say("ui.conflicts.part", term=self.teller.term(conflict.kind, field.name), value=text)
            for field, text in told
            if text
        ]

    def _beside(self, conflict: Conflict, values: Mapping[str, Any], *, mask: bool) -> tuple[str, ...]:
        """The rest of the group, in which nobody differs: it goes with the value that is chosen."""
        same = [field for field in self.fields(conflict) if field not in self.disputed(conflict)]
        parts = self._parts(conflict, same, values, mask=mask)
        return ("，".join(parts),) if parts else ()

    def options(self, field: Field) -> list[Option]:
        """What may be chosen for a field with a code table."""
        return [Option(row.code, self.teller.code(field.codes, row.code)) for row in codes.table(field.codes).rows]

    def has_masked(self, conflict: Conflict) -> bool:
        values = [side.fields for side in conflict.sides]
        return any(
            field.privacy is Privacy.MASKED and any(one.get(field.name) for one in values) for field in self.fields(conflict)
        )

    def base(self, conflict: Conflict, *, mask: bool) -> Choice:
        return Choice("", "ui.conflicts.base", self.value(conflict, conflict.base, mask=mask))

    def side(self, conflict: Conflict, side: Side, *, mask: bool) -> Choice:
        say = self.teller.say
        here = side.device == self.device
        when = moment(self.teller, side.time_ms)
        who = say("ui.conflicts.you", name=side.user) if side.user == self.user and here else side.user
        where = (
            say("ui.conflicts.here", when=when)
            if here
            else say("ui.conflicts.there", when=when, device=side.device[:_SHORT_ID].upper())
        )
        key = "ui.conflicts.ours" if here else "ui.conflicts.theirs"
        stands = (say("ui.conflicts.stands"),) if side.stands else ()
        beside = self._beside(conflict, side.fields, mask=mask)
        return Choice(str(side.n), key, self.value(conflict, side.fields, mask=mask), (*beside, who, where, *stands))

    def standing(self, conflict: Conflict, state: str, *, mask: bool) -> str:
        """What is shown everywhere until somebody decides."""
        stands = next((side.fields for side in conflict.sides if side.stands), conflict.decided_by.get("fields", {}))
        value = self.value(conflict, stands, mask=mask).replace("\n", "，") or self.teller.say("ui.empty_value")
        return self.teller.say("ui.conflicts.until" if state == WAITS else "ui.conflicts.now", value=value)

    # -- the household around

    def around(self, around: Around) -> list[str]:
        """Who lives there, and where."""
        if not around.household:
            return []
        members = [
            self.teller.say("ui.conflicts.member", name=one.name, facts=facts) if facts else one.name
            for one in around.members
            if (facts := self._facts(one.relation, one.birth)) is not None
        ]
        lines = [self.teller.say("ui.conflicts.home", people=self.teller.listed(members))] if members else []
        where = dotted((around.number, around.address))
        return [*lines, where] if where else lines

    def _facts(self, relation: str, birth: str) -> str:
        words = (self.teller.code("relation_to_head", relation) if relation else "", self.teller.age(birth))
        return " ".join(filter(None, words))


def differing(values: Sequence[Mapping[str, Any]]) -> set[str]:
    """Names of the fields in which these differ."""
    names = {name for one in values for name in one}
    return {name for name in names if any(one.get(name) != values[0].get(name) for one in values)}
