"""Areas at the front of addresses as people write them."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from shequ_desktop import paths
from shequ_desktop.domain.areas import Areas, areas

ROSTERS = Path(__file__).parent.parent / "data" / "roster"
DARIGAN = "152523100207"  # 达日罕嘎查; 达日罕社区 lies in the same town
ROWS = list(csv.DictReader((paths.resources() / "areas" / "inner_mongolia.csv").read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def tree() -> Areas:
    return areas()


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("太仆寺旗千斤沟镇葫芦峪村委会236号", "152527101202"),
        ("太仆寺旗千斤沟镇葫芦峪村民委员会236号", "152527101202"),
        ("太仆寺旗千斤沟镇葫芦峪村236号", "152527101202"),
        ("太仆寺旗千斤沟镇葫芦峪236号", "152527101202"),
        ("阿拉善左旗巴润别立镇塔塔水嘎查4号", "152921105201"),
        ("阿拉善左旗巴润别立镇东滩217号", "152921105"),
        ("太仆寺旗千斤沟镇东滩146号", "152527101233"),
        ("苏尼特左旗满都拉图镇陶力嘎查（老名）154号", "152523100"),
        ("苏尼特左旗满都拉图镇达日罕嘎查3号", DARIGAN),
        ("苏尼特左旗满都拉图镇达日罕社区3号", "152523100002"),
        ("苏尼特左旗满都拉图镇达日罕3号", "152523100"),
        ("内蒙古自治区锡林郭勒盟苏尼特左旗满都拉图镇达日罕嘎查", DARIGAN),
        ("内蒙古 锡盟 东苏旗 满都拉图镇 达日罕嘎查", DARIGAN),
        ("内蒙古-锡林郭勒盟-苏尼特左旗-满都拉图镇", "152523100"),
        ("苏尼特左旗达日罕嘎查５号", DARIGAN),
        ("满都拉图镇达日罕嘎查\n(冬营地: 北12公里)", DARIGAN),
        ("乌兰浩特市爱国街道办事处洮儿河社区居委会3号", "152201001004"),
        ("苏尼特左旗", "152523"),
    ],
)
def test_the_deepest_area_that_can_be_told(tree: Areas, address: str, code: str) -> None:
    found = tree.find_in_address(address)
    assert found is not None
    assert (found.code, found.name_path) == (code, tree.path(code))


@pytest.mark.parametrize(
    "address", ["", "12号", "-低保户-东头第三家", "@村医家隔壁", "北京市朝阳区", "城关镇1号", "陶力嘎查", "新城街道"]
)
def test_where_no_area_or_several_could_be_meant_there_is_none(tree: Areas, address: str) -> None:
    assert tree.find_in_address(address) is None


def test_an_address_without_its_upper_names_is_read_where_one_is(tree: Areas) -> None:
    found = tree.find_in_address("达日罕嘎查1号", under="152523100")
    assert found is not None
    assert found.code == DARIGAN
    elsewhere = tree.find_in_address("太仆寺旗千斤沟镇", under="152523100")
    assert elsewhere is not None
    assert elsewhere.code == "152527101"


def test_words_that_name_nothing_but_an_area(tree: Areas) -> None:
    assert tree.by_words("千斤沟镇") == "152527101"
    assert tree.by_words("152523") == "152523"
    assert tree.by_words("苏尼特左旗满都拉图镇陶力嘎查") is None
    assert tree.by_words("达日罕嘎查", under="152523") == DARIGAN
    assert tree.by_words("城关镇") is None
    assert tree.by_words("") is None


def test_every_area_is_found_by_its_whole_path(tree: Areas) -> None:
    wrong = [row["code"] for row in ROWS if tree.by_words("".join(tree.path(row["code"]))) != row["code"]]
    assert wrong == []


def test_codes_nest_and_names_are_told(tree: Areas) -> None:
    assert all(row["code"].startswith(row["parent"]) for row in ROWS)
    assert tree.name(DARIGAN) == "达日罕嘎查"
    assert tree.path(DARIGAN)[-2:] == ("满都拉图镇", "达日罕嘎查")
    assert tree.name("99") == "99"
    assert tree.is_area("152523")
    assert not tree.is_area("999999")
    assert tree.within(DARIGAN, "1525")
    assert not tree.within(DARIGAN, "1529")
    assert tree.within("", "")


def test_every_address_of_the_rosters_gives_at_least_its_town(tree: Areas) -> None:
    addresses: set[str] = set()
    for file, head, column in (("居民信息表.xls", 0, 9), ("花名册-合并表头.xlsx", 3, 10)):
        rows = CalamineWorkbook.from_path(str(ROSTERS / file)).get_sheet_by_index(0).to_python()
        addresses |= {str(row[column]) for row in rows[head + 1 :] if row[column]}
    assert len(addresses) > 600
    spoken = set()
    for address in addresses:
        found = tree.find_in_address(address)
        assert found is not None, address
        assert len(found.code) >= 9, address
        if len(found.code) == 9:
            spoken.add(
                address.partition("镇")[2].partition("街道")[2] or address.partition("镇")[2] or address.partition("街道")[2]
            )
    assert {place.rstrip("0123456789号") for place in spoken} == {"陶力嘎查（老名）", "东滩"}


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(ROWS), st.integers(1, 999))
def test_a_house_number_behind_the_area_changes_nothing(row: dict[str, str], number: int) -> None:
    tree = areas()
    found = tree.find_in_address("".join(tree.path(row["code"])) + f"{number}号")
    assert found is not None
    assert found.code == row["code"]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20))
def test_any_text_is_answered(text: str) -> None:
    found = areas().find_in_address(text)
    assert found is None or areas().is_area(found.code)
