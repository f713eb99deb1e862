"""What happens in one step of a simulated day: people write, retract, move, decide; laptops sync, break, are copied."""

from __future__ import annotations

import random
from typing import Any

from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.services import conflicts
from shequ_desktop.services.synchronise import Synchronised
from shequ_desktop.storage.unit_of_work import UnitOfWork
from tests.simulation.fuse import POINTS, Killed
from tests.simulation.plan import Step
from tests.simulation.saving import (
    BrokenInvariantError,
    Draft,
    affirm,
    as_newer_version,
    commit,
    create,
    edit,
    new_form,
    opened,
    retract,
)
from tests.simulation.world import AREAS, Form, Laptop, World

NUMBERS = ("110101199003078515", "110101199003074514", "")
"""Few, so that two agents register the same person."""
LINE_PROBLEMS = ("league_broke_off", "league_not_reached", "league_answer_wrong", "upload_needs_full_sync")
JUMPS_MS = (0, 0, 3_600_000, -1_790_000_000_000, 2_300_000_000_000)
UNKNOWN_KIND, UNKNOWN_FIELD = "herd", "pasture"
MOST_LAPTOPS = 7


class Acts:
    """The acts, by their names in the plan. `listed`: ids that were ever given to a record, by kind."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.listed: dict[str, list[str]] = {kind: [] for kind in (*KINDS, UNKNOWN_KIND)}
        self.dice = random.Random(0)
        self.word = ""

    def do(self, step: Step) -> None:
        """One step. A laptop that is killed in it starts again."""
        world = self.world
        laptop = world.laptops[step.laptop % len(world.laptops)]
        self.dice, self.word = random.Random(step.seed), f"{laptop.name}-{step.number}"
        laptop.line.dice = random.Random(step.seed + 1)
        if step.act in ("copy", "back_up", "restore", "keep_league", "restore_league"):
            world.fuse.disarm()
        try:
            getattr(self, step.act)(laptop)
        except Killed:
            world.start_again(laptop)

    # -- people

    def add_home(self, laptop: Laptop) -> None:
        area = self.dice.choice([*AREAS, AREAS[0], laptop.area, ""])

        def act(work: UnitOfWork, drafts: list[Draft]) -> None:
            home = create("household", {"number": self.word, "area": area, "address": self.word})(work, drafts)
            who = create("resident", {"name": self.word, **self._identity()})(work, drafts)
            member = create("membership", {"household": home, "resident": who, "relation": "02"})(work, drafts)
            for kind, record in (("household", home), ("resident", who), ("membership", member)):
                self.listed[kind].append(record)

        commit(self.world, laptop, act)

    def add_more(self, laptop: Laptop) -> None:
        home, who = self._any_of(laptop, "household"), self._any_of(laptop, "resident")
        if not home or not who:
            return
        kind, fields = self.dice.choice(
            [
                ("care_record", {"resident": who, "care_kind": "elder", "risk": "2"}),
                ("visit", {"household": home, "visited_on": "2026-09-20", "needs": self.word}),
                ("membership", {"household": home, "resident": who, "relation": "02"}),
                ("follow_up", {"household": home, "promised": self.word}),
            ]
        )

        def act(work: UnitOfWork, drafts: list[Draft]) -> None:
            self.listed[kind].append(create(kind, fields)(work, drafts))

        commit(self.world, laptop, act)

    def edit(self, laptop: Laptop) -> None:
        form = self._some_form(laptop)
        if form:
            commit(self.world, laptop, edit(form, self._typed(form)))

    def open_form(self, laptop: Laptop) -> None:
        laptop.form = self._some_form(laptop)

    def save_form(self, laptop: Laptop) -> None:
        """A form that stood open while others, or a sync, went on."""
        form, laptop.form = laptop.form, None
        if form is None or opened(laptop, form.kind, form.record) is None:
            return
        commit(self.world, laptop, edit(form, self._typed(form), seen=form.seen))

    def retract(self, laptop: Laptop, *, back: bool = False) -> None:
        kind = self.dice.choice(["resident", "resident", "resident", "household", "membership", "care_record"])
        form = self._form_of(laptop, kind)
        if form:
            commit(self.world, laptop, retract(form, back=back))

    def bring_back(self, laptop: Laptop) -> None:
        self.retract(laptop, back=True)

    def move(self, laptop: Laptop) -> None:
        form = self._form_of(laptop, "household")
        if form:
            area = self.dice.choice([area for area in AREAS if area != form.shown.get("area")])
            commit(self.world, laptop, edit(form, {"area": area, "address": self.word}))

    def decide(self, laptop: Laptop) -> None:
        found = conflicts.conflicts(laptop.archive, every=self.dice.random() < 0.3)
        if not found:
            return
        conflict = self.dice.choice(found)
        side = self.dice.choice(conflict.sides)
        form = opened(laptop, conflict.kind, conflict.record)
        if form is None or self._stands_open(laptop, conflict.record):
            return
        values = {name: None if value in (None, "", []) else value for name, value in side.fields.items()}
        commit(self.world, laptop, affirm(form, values))

    def newer(self, laptop: Laptop) -> None:
        form = self._form_of(laptop, "household")
        if form:
            commit(self.world, laptop, as_newer_version(form, {UNKNOWN_FIELD: self.word}))

    def newer_kind(self, laptop: Laptop) -> None:
        if laptop.area:
            return
        known = [record for record in self.listed[UNKNOWN_KIND] if any(key[1] == record for key in laptop.read)]
        record = self.dice.choice(known) if known and self.dice.random() < 0.5 else self.world.dice_id()
        form = opened(laptop, UNKNOWN_KIND, record) if record in known else new_form(UNKNOWN_KIND, record)
        if form:
            self.listed[UNKNOWN_KIND].append(record)
            commit(self.world, laptop, as_newer_version(form, {"head_count": self.word}))

    # -- laptops and the league

    def sync(self, laptop: Laptop) -> None:
        self.told(laptop, self.world.sync(laptop))

    def told(self, laptop: Laptop, done: Any) -> None:
        """What a sync may answer, and no more."""
        if not isinstance(done, Synchronised):
            raise BrokenInvariantError(f"I3: sync of {laptop.name} answered {done}")
        notes = [note.key for note in done.notes if note.key != "sync.clock_wrong"]
        if notes:
            raise BrokenInvariantError(f"I2: sums differed during the day: {laptop.name} {notes}")
        if done.set_aside:
            raise BrokenInvariantError(f"I9: something of {laptop.name} was set aside")
        if done.problem and done.problem.key not in LINE_PROBLEMS:
            raise BrokenInvariantError(f"I3: sync of {laptop.name} ended with {done.problem.key}")

    def upload(self, laptop: Laptop) -> None:
        done = self.world.upload(laptop)
        allowed = (*LINE_PROBLEMS, "nothing_prepared_for_upload")
        if isinstance(done, Problem) and done.key not in allowed:
            raise BrokenInvariantError(f"I3: upload of {laptop.name} ended with {done.key}")

    def deliver_late(self, laptop: Laptop) -> None:
        laptop.line.deliver_late()

    def crash(self, _laptop: Laptop) -> None:
        """Something goes wrong in one of the next steps."""
        point = self.dice.choice(POINTS)
        most = 80 if point.endswith("statement") else 8
        self.world.fuse.arm(point, self.dice.randrange(most))

    def jump_clock(self, laptop: Laptop) -> None:
        laptop.off_ms[0] = self.dice.choice(JUMPS_MS)
        self.world.book.clocks_jumped.add(laptop.name)

    def pass_time(self, _laptop: Laptop) -> None:
        self.world.now_ms += self.dice.randrange(self.world.options.pass_time_ms_max)

    def copy(self, laptop: Laptop) -> None:
        if len(self.world.laptops) < MOST_LAPTOPS:
            self.world.copy(laptop)

    def back_up(self, laptop: Laptop) -> None:
        self.world.back_up(laptop)

    def restore(self, laptop: Laptop) -> None:
        self.world.restore(laptop)

    def keep_league(self, _laptop: Laptop) -> None:
        self.world.keep_league()

    def restore_league(self, _laptop: Laptop) -> None:
        self.world.restore_league()

    # -- what they type

    def _any_of(self, laptop: Laptop, kind: str) -> str:
        """One of the newest records of a kind that the laptop shows."""
        with laptop.archive.read() as reader:
            there = sorted(reader.records(kind, self.listed[kind]))
        return self.dice.choice(there[-3:]) if there else ""

    def _some_form(self, laptop: Laptop) -> Form | None:
        kind = self.dice.choice(["resident", "resident", "household", "household", "care_record", "membership", "follow_up"])
        return self._form_of(laptop, kind)

    def _form_of(self, laptop: Laptop, kind: str) -> Form | None:
        """A record's form; now and then also of one that somebody retracted. Not of one that stands open."""
        listed = self.listed[kind][-3:]
        record = self.dice.choice(listed) if listed and self.dice.random() < 0.4 else self._any_of(laptop, kind)
        if not record or self._stands_open(laptop, record):
            return None
        return opened(laptop, kind, record)

    def _stands_open(self, laptop: Laptop, record: str) -> bool:
        return laptop.form is not None and laptop.form.record == record

    def _identity(self) -> dict[str, Any]:
        return {"id_number": self.dice.choice(NUMBERS), "birth_words": self.word, "told_sex": self.dice.choice("12")}

    def _typed(self, form: Form) -> dict[str, Any]:
        word, dice = self.word, self.dice
        subsidies = sorted(set(dice.sample("abcd", 2)) ^ set(form.shown.get("subsidies", ())[:1]))
        choices: dict[str, list[dict[str, Any]]] = {
            "household": [{"remark": word}, {"village_group": dice.choice("一二三")}, {"address": word}, {"landmark": ""}],
            "resident": [
                {"name": word},
                {"alias": word},
                self._identity(),
                {"id_number": dice.choice(NUMBERS)},
                {"residence_state": dice.choice("123"), "residence_place": word},
                {"residence_since": "2026-05"},
                {"subsidies": subsidies},
                {"disability_kind": dice.choice("123"), "disability_grade": dice.choice("1234")},
                {"education": dice.choice(["10", "20", ""])},
            ],
            "care_record": [{"risk": dice.choice("123")}, {"closed_on": "2026-09-01", "closed_reason": word}, {"remark": word}],
            "membership": [{"relation": dice.choice(["02", "10", "20"])}, {"since": "2020-01-01"}],
            "follow_up": [{"done_on": "2026-09-21", "result": word}, {"result": word}, {"due_on": "2026-10-01"}],
        }
        typed = dice.choice(choices[form.kind])
        return typed if dice.random() < 0.7 else {**typed, **dice.choice(choices[form.kind])}


