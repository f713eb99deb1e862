"""Values as people say them, in the language of now: age, care, risk, days, codes, terms. Knows no Qt widget and no page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shequ_desktop.domain import codes
from shequ_desktop.domain.ages import age_range_on
from shequ_desktop.domain.areas import areas
from shequ_desktop.domain.fields import Field, Privacy, Type
from shequ_desktop.domain.masking import masked
from shequ_desktop.domain.problems import KEYS as REASONS
from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.services.outlook import OpenCare
from shequ_desktop.ui import days
from shequ_desktop.ui.days import Say
from shequ_desktop.ui.widgets.rows import Risk

RISKS = {"1": Risk.HIGH, "2": Risk.MEDIUM, "3": Risk.LOW, "4": Risk.LOW}
_RISK_WORDS = {"1": "ui.risk.high", "2": "ui.risk.medium", "3": "ui.risk.low", "4": "ui.tell.risk_none"}
DOT = " · "


def dotted(parts: Iterable[str]) -> str:
    """What is said of one thing, in one line."""
    return DOT.join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class Teller:
    """`say`: the sentence of a key; `language`: which words codes have; `today`: from where days are counted."""

    say: Say
    language: str
    today: date

    # -- people

    def age(self, birth: str) -> str:
        """84岁; of a year alone what it allows; empty where nothing is known."""
        bounds = age_range_on(birth, self.today)
        if bounds is None:
            return ""
        if bounds[0] == bounds[1]:
            return self.say("ui.tell.age", age=bounds[0])
        return self.say("ui.tell.age_range", least=bounds[0], most=bounds[1])

    def age_and_sex(self, birth: str, sex: str) -> str:
        return " ".join(filter(None, (self.age(birth), self.code("sex", sex))))

    def care(self, care: Iterable[OpenCare]) -> str:
        """留守老人、留守儿童: as written, else the kind; each once."""
        return self.listed(dict.fromkeys(self.care_word(one.kind, one.label) for one in care))

    def care_word(self, kind: str, label: str) -> str:
        if label and self.language == "zh_CN":
            return label
        return self.say(f"ui.care_kind.{kind}") if kind else label

    def listed(self, words: Iterable[str]) -> str:
        return self.say("ui.tell.comma").join(words)

    # -- risk and days

    def risk(self, risk: str) -> tuple[Risk, str]:
        return RISKS.get(risk, Risk.NOT_SET), self.risk_word(risk)

    def risk_word(self, risk: str) -> str:
        return self.say(_RISK_WORDS.get(risk, "ui.risk.not_set"))

    def due(self, on: date | None) -> days.Due:
        return days.due(on, self.today, self.say) if on else days.Due("", "text_2", False)

    def visited(self, last: date | None) -> str:
        """上次走访 13 天前"""
        if last is None:
            return self.say("ui.tell.never_visited")
        return self.say("ui.tell.visited", when=days.relative(last, self.today, self.say))

    def visited_on(self, last: date | None) -> str:
        """上次走访 13 天前（11月11日 周三）"""
        if last is None:
            return self.say("ui.tell.never_visited")
        return self.say("ui.tell.visited", when=self.day_told(last))

    def day(self, on: date) -> str:
        return days.told(on, self.today, self.say)

    def day_told(self, on: date) -> str:
        return days.relative_and_told(on, self.today, self.say)

    # -- fields

    def term(self, kind: str, field: str = "") -> str:
        return self.say(f"term.{kind}.{field}" if field else f"term.{kind}")

    def code(self, table: str, code: str) -> str:
        """A code's word; one that this version does not know is shown as itself."""
        row = codes.table(table).by_code.get(code)
        return (row.zh if self.language == "zh_CN" else row.en) if row else code

    def value(self, field: Field, value: Any, *, mask: bool = True) -> str:
        """One value in words: codes by their terms, what is masked in part."""
        if value in (None, "", []):
            return ""
        if field.type is Type.CODES:
            return self.listed(self.code(field.codes, code) for code in value)
        if field.type is Type.CODE:
            return self.code(field.codes, str(value)) if field.codes else self._own_code(field, str(value))
        if field.type is Type.YES_NO:
            return self.say("ui.tell.yes" if value else "ui.tell.no")
        if field.type is Type.AREA and areas().is_area(str(value)):
            return areas().name(str(value))
        if field.type in (Type.DATE, Type.PARTIAL_DATE) and len(str(value)) == 10:
            return self.day_of_text(str(value))
        if mask and field.privacy is Privacy.MASKED:
            return masked(field.type, str(value))
        return str(value)

    def _own_code(self, field: Field, value: str) -> str:
        return self.say(f"ui.{field.name}.{value}") if field.name == "care_kind" else value

    def day_of_text(self, text: str) -> str:
        try:
            return self.day(date.fromisoformat(text))
        except ValueError:
            return text

    def values(self, kind: str, fields: Mapping[str, Any], names: Sequence[str]) -> dict[str, str]:
        """{field: its words} of some fields of a record."""
        return {name: self.value(KINDS[kind].by_name[name], fields.get(name)) for name in names}

    def reason(self, reason: str) -> str:
        """Why paper was doubted; a reason of a newer version is told in general words."""
        key = reason if reason in REASONS else f"row_{reason}"
        try:
            return self.say(key)
        except KeyError:
            return self.say("ui.tell.reason_unknown")

    def problem(self, kind: str, problem: Problem) -> Problem:
        """A problem whose term is said in the language of now."""
        values = dict(problem.values)
        if "term" in values and problem.field in KINDS[kind].by_name:
            values["term"] = self.term(kind, problem.field)
        return Problem(problem.key, problem.field, tuple(values.items()))
