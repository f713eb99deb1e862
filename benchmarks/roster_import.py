"""Import of 10,000 rows of 12 columns, validated, logged, indexed, beside openpyxl and calamine merely reading the file.

`python benchmarks/roster_import.py [ROWS]` prints the ratios, the share of each step and the peak memory of each.
Each run is a fresh process; figures are the least of three; the file holds generated people.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 3
TODAY = date(2026, 11, 25)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
HEADING = "户号 姓名 性别 民族 公民身份号码 与户主关系 出生日期 文化程度 婚姻状况 联系电话 现住址 备注".split()
MEMBERS = 4
GIVEN = "文玉秀海明春国志建红霞娜洋涛磊平芳军梅兰"
FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"


def make_list(path: Path, rows: int) -> None:
    """A list as villages keep it: households of four, every column filled, one address a household."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("花名册")
    sheet.append(HEADING)
    for n in range(rows):
        house, member = divmod(n, MEMBERS)
        woman = member % 2 == 1
        born = date(1940 + n % 70, 1 + n % 12, 1 + n % 28)
        front = f"152523{born:%Y%m%d}{n % 499 * 2 + (0 if woman else 1):03d}"
        number = front + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(front, WEIGHTS, strict=True)) % 11]
        name = FAMILY[house % 20] + GIVEN[n % 19] + GIVEN[n // 19 % 20]
        address = f"苏尼特左旗满都拉图镇巴彦哈日阿图嘎查{house + 1}号"
        relation = ("户主", "配偶", "子", "女")[member]
        told = f"{born.year}.{born.month}.{born.day}"
        row = [f"15252301{house:05d}", name, "女" if woman else "男", "蒙古族" if n % 3 else "汉", number, relation, told]
        row += [
            "初中" if n % 2 else "小学",
            "已婚" if member < 2 else "未婚",
            f"139{n:08d}",
            address,
            "低保" if n % 9 == 0 else "",
        ]
        sheet.append(row)
    book.save(path)


def read_with_openpyxl(path: Path) -> dict[str, float]:
    import openpyxl

    start = time.perf_counter()
    rows = list(openpyxl.load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True))
    assert rows
    return {"seconds": time.perf_counter() - start}


def read_with_calamine(path: Path) -> dict[str, float]:
    import python_calamine

    start = time.perf_counter()
    assert python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return {"seconds": time.perf_counter() - start}


def import_whole(path: Path) -> dict[str, float]:
    """The import with the times of its steps, measured at the functions that it calls."""
    from shequ_desktop.services import rosters
    from shequ_desktop.storage import archive
    from shequ_desktop.storage.keyring import Cost

    steps: dict[str, float] = {}

    def timed(owner: object, name: str, step: str) -> None:
        act: Callable[..., object] = getattr(owner, name)

        def measured(*args: object, **kwargs: object) -> object:
            began = time.perf_counter()
            try:
                return act(*args, **kwargs)
            finally:
                steps[step] = steps.get(step, 0) + time.perf_counter() - began

        setattr(owner, name, measured)

    timed(rosters, "read_lists", "read and told apart")
    timed(rosters, "plan_import", "matched and validated")
    timed(rosters, "_save", "written and logged")
    timed(archive.Archive, "refresh", "indexed")
    with tempfile.TemporaryDirectory() as folder:
        made, _ = archive.make(
            Path(folder) / "archive", user="u", passphrase=GIVEN, clock=lambda: 1_795_000_000_000, cost=Cost(64, 1, 1)
        )
        start = time.perf_counter()
        result = rosters.import_roster(made, path, today=TODAY)
        seconds = time.perf_counter() - start
        assert isinstance(result, rosters.ImportResult)
        assert result.rows == result.added, result
        made.close()
    return {"seconds": seconds, **steps}


def peak_kib() -> int:
    """Peak memory of this process; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


ROLES: dict[str, Callable[[Path], dict[str, float]]] = {
    "openpyxl": read_with_openpyxl,
    "calamine": read_with_calamine,
    "import": import_whole,
}


def run(role: str, path: Path) -> dict[str, float]:
    """The quickest of several fresh processes."""
    argv = [sys.executable, __file__, "--role", role, str(path)]
    runs = [
        json.loads(subprocess.run(argv, check=True, capture_output=True, text=True, cwd=ROOT, env=None).stdout)
        for _ in range(RUNS)
    ]
    return min(runs, key=lambda told: told["seconds"])


def main() -> None:
    if sys.argv[1:2] == ["--role"]:
        sys.path.insert(0, str(ROOT))
        told = ROLES[sys.argv[2]](Path(sys.argv[3]))
        print(json.dumps({**told, "peak": peak_kib()}))
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        make_list(path, rows)
        figures_of = {role: run(role, path) for role in ROLES}
    whole = figures_of["import"]["seconds"]
    print(f"{rows} rows x {len(HEADING)} columns, least of {RUNS} fresh processes each")
    for role, figures in figures_of.items():
        print(f"  {role:<9} {figures['seconds'] * 1000:7.0f} ms   peak {figures['peak'] / 1024:5.0f} MB")
    for step in (name for name in figures_of["import"] if name not in ("seconds", "peak")):
        print(f"    {step:<22} {figures_of['import'][step] / whole:5.0%}")
    print(f"import / openpyxl reading: {whole / figures_of['openpyxl']['seconds']:.2f} (at most 1.5)")
    print(f"import / calamine reading: {whole / figures_of['calamine']['seconds']:.1f}")


if __name__ == "__main__":
    main()
