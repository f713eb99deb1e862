"""Sheets of people who do not exist: short, typical, long; and the form's words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from shequ_desktop import wording
from shequ_desktop.printing.booklet import Printed
from shequ_desktop.printing.home_visit_sheet import (
    BLANK,
    CareGroup,
    Condition,
    FormWords,
    HomeVisitSheet,
    LastVisit,
    Member,
    TickGroup,
    form_words,
    sample_sheet,
    tick_groups,
)
from tests.printing.papers import print_home_visits

LONG_NAME = "阿拉坦其其格乌兰图雅" * 2 + "萨仁高娃"


def speak(key: str) -> str:
    return wording.catalogue("zh_CN")[key]


@pytest.fixture(scope="session")
def words() -> FormWords:
    return form_words(speak)


@pytest.fixture(scope="session")
def typical() -> HomeVisitSheet:
    return sample_sheet(speak)


@pytest.fixture(scope="session")
def sixteen(typical: HomeVisitSheet) -> HomeVisitSheet:
    """Sixteen members, names of 24 characters, long addresses, five care records, long tick words."""
    members = tuple(
        Member(
            name=LONG_NAME if place % 5 == 2 else f"额尔敦其其格第{place + 1}",
            sex="女",
            birth_date=f"19{50 + place}-12-05",
            relation="配偶之兄弟姐妹的子女" if place % 3 == 1 else "子",
            id_number=f"1525**********{1000 + place}",
            where_now=f"呼和浩特市赛罕区务工，20{place:02}年起，春节回来" if place % 2 else "在家",
        )
        for place in range(16)
    )
    ticks = (
        *tick_groups(speak, "child"),
        TickGroup(label="学习情况怎么样", options=("在校", "好几个月没有去过学校，老师也没有联系上过家里" * 2)),
    )
    return replace(
        typical,
        head=replace(typical.head, name=LONG_NAME, facts=(*typical.head.facts, "享受低保和高龄津贴，" * 8)),
        address=("内蒙古自治区锡林郭勒盟二连浩特市格日勒敖都苏木陶力嘎查第一牧业小组西南方向约十二公里第三个敖包北侧冬营地" * 2,),
        phones=tuple(f"第{place}个孩子 139****77{place:02}" for place in range(8)),
        members=members,
        last_visit=LastVisit(
            summary="11月11日 周三", promises=tuple(f"第{n}件答应过的事，写得很长，要换一行才写得完它" for n in range(9))
        ),
        cares=tuple(
            CareGroup(word=word, person=LONG_NAME, groups="留守", risk="◆ 中风险，每 30 天走访")
            for word in ("老人", "儿童", "妇女", "其他困难人员", "老人")
        ),
        conditions=(Condition(about="老人", ticks=tick_groups(speak, "elder")), Condition(about="儿童", ticks=ticks)),
    )


@pytest.fixture(scope="session")
def sheets(typical: HomeVisitSheet, sixteen: HomeVisitSheet) -> dict[str, HomeVisitSheet]:
    alone = replace(typical, members=typical.members[:1], phones=(), address=(), last_visit=LastVisit(), cares=())
    endless = replace(
        typical,
        address=("很远的冬营地" * 400,),
        last_visit=LastVisit(promises=tuple(f"第{number}件事" for number in range(90))),
        printed_by="写得很长的名字" * 20,
        copies="一式很多份" * 30,
        area="很长的地名 " * 30,
    )
    return {"typical": typical, "sixteen": sixteen, "alone": alone, "blank": BLANK, "endless": endless}


@pytest.fixture(scope="session")
def printed(sheets: dict[str, HomeVisitSheet], words: FormWords, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each sheet as a file."""
    folder = tmp_path_factory.mktemp("forms")
    files = {}
    for name, sheet in sheets.items():
        files[name] = folder / f"{name}.pdf"
        assert isinstance(print_home_visits([sheet], files[name], words=words), Printed)
    return files
