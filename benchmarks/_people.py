"""An archive full of people who do not exist, the same ones each time: households, residents, telephones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from shequ_desktop.domain.identity import check_digit
from shequ_desktop.storage import archive as archives
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.ids import IdMaker
from shequ_desktop.storage.keyring import Cost

USER, PASSPHRASE = "benchmark", "for a benchmark only"
NOW_MS = 1_795_572_000_000
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎单仇解查区翟覃朴盖包白乌"
)
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂玉华建国春梅红生海燕文志永福荣金凤琴云月娥林山水"
MONGOLIAN = (
    "巴特尔 其木格 乌云 萨仁 额尔敦 宝音 孟克 哈斯 图雅 高娃 朝鲁 苏和 那顺 德力格尔 阿拉坦 "
    "斯琴 托娅 呼和 布和 娜仁 花 赛音 吉雅 敖登 格日勒 其其格 毕力格 达来 青格勒 满都拉"
).split()
STREETS = "乌兰 锡林 额尔敦 东风 团结 友谊 建设 振兴 新华 文化 胜利 草原 前进 和平 迎宾 肯特 欧亚 察哈尔 滨河 恐龙".split()
RARE = "䶮㛃𫖮𬭎𰻝"


@dataclass(frozen=True, slots=True)
class Household:
    """One household with its people; each person with a telephone or none."""

    fields: dict[str, Any]
    people: tuple[tuple[dict[str, Any], str], ...]


def households(count: int, people: int, *, seed: int = 7) -> Iterator[Household]:
    """`count` households with `people` residents in all."""
    draw = random.Random(seed)
    left = people
    for number in range(count):
        homes_left = count - number
        size = max(1, min(draw.choice((1, 2, 2, 3, 3, 4, 4, 5, 6, 8)), left - homes_left + 1))
        size = left if homes_left == 1 else max(size, left // homes_left - 1)
        left -= size
        street = f"{draw.choice(STREETS)}{draw.choice(('街', '大街', '路'))}"
        address = (
            f"内蒙古锡林郭勒盟二连浩特市{street}{draw.randrange(1, 400)}号{draw.randrange(1, 30)}栋{draw.randrange(101, 699)}"
        )
        fields = {"number": f"{number:06}", "order_number": str(number % 300 + 1), "address": address, "area": "152501"}
        yield Household(fields, tuple(_person(draw) for _ in range(size)))


def _person(draw: random.Random) -> tuple[dict[str, Any], str]:
    born = date(1930, 1, 1) + timedelta(days=draw.randrange(34_000))
    area = "152501" if draw.random() < 0.7 else f"1525{draw.randrange(1, 33):02}"
    first = f"{area}{born:%Y%m%d}{draw.randrange(1000):03}"
    fields: dict[str, Any] = {
        "name": _name(draw),
        "id_number": first + check_digit(first),
        "ethnic_group": draw.choice(("01", "02")),
    }
    if draw.random() < 0.1:
        fields["remark"] = "行动不便，要提前打电话"
    return fields, f"1{draw.randrange(3, 10)}{draw.randrange(10**9):09}" if draw.random() < 0.6 else ""


def _name(draw: random.Random) -> str:
    if draw.random() < 0.25:
        return "".join(draw.sample(MONGOLIAN, draw.choice((1, 2, 2))))
    given = "".join(draw.choice(GIVEN) for _ in range(draw.choice((1, 2, 2, 2))))
    return draw.choice(SURNAMES) + (given if draw.random() > 0.002 else draw.choice(RARE))


def filled(folder: Path, *, households_count: int, people: int) -> Archive:
    """A new archive with these people, written in sets and indexed."""
    made, _ = archives.make(folder, user=USER, passphrase=PASSPHRASE, clock=lambda: NOW_MS, cost=Cost(1024, 1, 1))
    ids = IdMaker()
    homes, residents, memberships, phones = [], [], [], []
    for home in households(households_count, people):
        home_id = ids.new(NOW_MS)
        homes.append((home_id, home.fields))
        for place, (fields, phone) in enumerate(home.people):
            resident = ids.new(NOW_MS)
            residents.append((resident, fields))
            relation = "02" if place == 0 else "20"
            memberships.append((ids.new(NOW_MS), {"household": home_id, "resident": resident, "relation": relation}))
            if phone:
                phones.append((ids.new(NOW_MS), {"resident": resident, "number": phone}))
    with made.write() as work:
        work.put("household", homes)
        work.put("resident", residents)
        work.put("membership", memberships)
        work.put("phone", phones)
    return made
