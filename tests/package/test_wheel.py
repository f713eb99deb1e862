"""An installed wheel finds its code tables and catalogues from any folder, and carries nothing else of the tree."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_everything_that_travels_with_the_program_is_in_the_wheel(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    travels = [file for folder in ("resources", "i18n") for file in (ROOT / folder).rglob("*") if file.is_file()]
    assert len(travels) > 40
    missing = [file for file in travels if f"shequ_desktop/carried/{file.relative_to(ROOT).as_posix()}" not in held]
    assert missing == []


def test_the_wheel_holds_no_tests_and_no_tools(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"shequ_desktop", "shequ_league"}


def test_an_installed_wheel_finds_its_resources_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    ask = "from shequ_desktop import paths; print(paths.resources()); print(paths.translations())"
    answer = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r}); {ask}"],
        cwd=elsewhere,
        check=True,
        capture_output=True,
        text=True,
    )
    resources, translations = map(Path, answer.stdout.splitlines())
    assert (resources / "codes" / "sex.csv").is_file()
    assert resources.is_relative_to(tmp_path / "site")
    assert sorted((translations / "messages").glob("*.csv"))
