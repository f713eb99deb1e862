"""Set up and start everything: `python3 dev.py run | test | bench NAME | package | lock` (Windows: `py dev.py ...`).

Standard library only. Owns set-up: system libraries, `.venv`, the locked packages; what a command does is in the program.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.lock"
VENV = ROOT / ".venv"
STAMP = VENV / "set-up.stamp"
WINDOWS = os.name == "nt"
SCRIPTS = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = SCRIPTS / ("python.exe" if WINDOWS else "python")

UV = "uv==0.13.9"
TARGETS = ("x86_64-manylinux_2_28", "aarch64-manylinux_2_31", "x86_64-pc-windows-msvc")
PYTHONS = ("3.11", "3.12", "3.13")

# What Qt loads from a Linux system, and the Debian package that has it.
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libcups.so.2": "libcups2",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}

# Programs that tests call as witnesses, and the Debian package that has each.
WITNESSES = {"pdftotext": "poppler-utils"}


def main(arguments: Sequence[str]) -> int:
    commands = {"run": run, "test": test, "bench": bench, "package": package, "lock": lock}
    if not arguments or arguments[0] not in commands:
        return stop((__doc__ or "").strip())
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts this may have an older one
        return stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    return commands[arguments[0]](list(arguments[1:]))


def run(arguments: list[str]) -> int:
    """The main job: a practice gacha beside a league on this machine; `--keep DIR` keeps it."""
    return set_up() or call(PYTHON, "-m", "shequ_desktop", "demo", *arguments)


def test(arguments: list[str]) -> int:
    """All guards and all tests; arguments go to pytest. Every one runs, so that one run tells everything."""
    if failed := set_up() or install(packages_of_missing_witnesses()):
        return failed
    steps = (
        ("ruff", "check", "."),
        ("mypy",),
        ("importlinter.cli", "lint"),
        ("pytest", "-q", "-n", "2", *arguments),
    )
    return max(call_guard(*step) for step in steps)


def call_guard(module: str, *arguments: str) -> int:
    """One guard as a module of the environment; import-linter has no `__main__`."""
    if module == "importlinter.cli":
        return call(SCRIPTS / "lint-imports", "--no-cache")
    return call(PYTHON, "-m", module, *arguments)


def bench(arguments: list[str]) -> int:
    """One benchmark by name; each prints a ratio measured in one run."""
    names = sorted(f.stem for f in (ROOT / "benchmarks").glob("*.py") if not f.stem.startswith("_"))
    if not arguments or arguments[0] not in names:
        return stop(f"python3 dev.py bench NAME, where NAME is one of: {' '.join(names)}")
    return set_up() or call(PYTHON, "-m", f"benchmarks.{arguments[0]}", *arguments[1:])


def package(arguments: list[str]) -> int:
    """Build the one-folder package and try it from another folder."""
    return set_up() or call(PYTHON, ROOT / "tests" / "package" / "try_package.py", *arguments)


def lock(arguments: list[str]) -> int:
    """For maintainers: write requirements.lock anew and see that every package has wheels for every target."""
    if failed := set_up() or pip("install", "--quiet", UV):
        return failed
    uv = (PYTHON, "-m", "uv", "--quiet")
    options = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--all-extras")
    header = "--custom-compile-command=python3 dev.py lock"
    if failed := call(*uv, "pip", "compile", *options, header, "-o", LOCK, *arguments, "pyproject.toml"):
        return failed
    if "://" in LOCK.read_text(encoding="utf-8"):
        return stop("requirements.lock holds an address; it must hold names and hashes only.")
    return max(lacks_wheels(uv, target, python) for target in TARGETS for python in PYTHONS)


def lacks_wheels(uv: Sequence[str | Path], target: str, python: str) -> int:
    """A dry installation that may take wheels only; hashes do not cover what a source build would fetch."""
    where = ("--python-platform", target, "--python-version", python, "--target", VENV / "dry-run")
    how = ("--dry-run", "--only-binary", ":all:", "--no-deps", "--require-hashes", "-r", LOCK)
    if call(*uv, "pip", "install", *where, *how):
        return stop(f"A package has no wheel for {target} and Python {python}.")
    return 0


def set_up() -> int:
    """Make the environment complete. Does nothing, and needs no network, while lock and project stand as they were."""
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted() and PYTHON.is_file():
        return 0
    if failed := install_system_packages() or make_environment():
        return failed
    if failed := pip("install", "--quiet", "--require-hashes", "-r", LOCK):
        return failed
    if failed := pip("install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--editable", ROOT):
        return failed
    STAMP.write_text(wanted(), encoding="utf-8")
    return 0


def wanted() -> str:
    """What the environment is made of: the lock, the project's own file, where it stands, which Python."""
    made_of = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    return f"{made_of} {ROOT} {sys.version_info[0]}.{sys.version_info[1]}"


def make_environment() -> int:
    """`.venv`, made anew where it is broken, moved or of another Python."""
    version = "import sys; sys.exit(sys.version_info[:2] != (%d, %d) or sys.prefix != %r)"
    check = version % (*sys.version_info[:2], str(VENV))
    if PYTHON.is_file() and subprocess.run([PYTHON, "-c", check], check=False).returncode == 0:
        return 0
    print("Making .venv and installing the locked packages; this takes a minute or two.", flush=True)
    return call(sys.executable, "-m", "venv", "--clear", VENV)


def install_system_packages() -> int:
    return install(missing_packages())


def install(missing: Sequence[str]) -> int:
    """Install what Debian must bring; where that may not be done, print the one line that does it."""
    if not missing:
        return 0
    line = f"apt-get install -y --no-install-recommends {' '.join(missing)}"
    prefix = root_prefix()
    if prefix is None or shutil.which("apt-get") is None:
        return stop(f"System packages are missing. Have an administrator run this (Debian's names), then try again:\n  {line}")
    print(f"Installing system packages: {' '.join(missing)}", flush=True)
    if prefix:
        print("This needs the rights of root: sudo may ask for your password.", flush=True)
    call(*prefix, "apt-get", "update", "-qq")
    if call(*prefix, *line.split(), "-qq", quiet=True) == 0:
        return 0
    return stop(f"The system packages could not be installed. Please run this, then try again:\n  {line}")


def missing_packages() -> list[str]:
    """Debian packages whose library this system cannot load; none on other systems than Linux."""
    if not sys.platform.startswith("linux"):
        return []
    missing = [package for library, package in LIBRARIES.items() if not loads(library)]
    if importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    return missing


def packages_of_missing_witnesses() -> list[str]:
    """Elsewhere than on Linux the tests that need a witness must find it themselves."""
    if not sys.platform.startswith("linux"):
        return []
    return [package for program, package in WITNESSES.items() if shutil.which(program) is None]


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def root_prefix() -> list[str] | None:
    """What to write before a command that needs root: nothing, sudo, or None where neither is at hand."""
    if os.geteuid() == 0:
        return []
    return ["sudo", "env", "DEBIAN_FRONTEND=noninteractive"] if shutil.which("sudo") and sys.stdin.isatty() else None


def pip(*arguments: str | Path) -> int:
    return call(PYTHON, "-m", "pip", "--disable-pip-version-check", *arguments)


def call(*command: str | Path, quiet: bool = False) -> int:
    """Run a command in the project's folder; its status, 1 where it was ended by a signal."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "PYTHONUTF8": "1"}
    output = subprocess.DEVNULL if quiet else None
    try:
        status = subprocess.run([str(part) for part in command], cwd=ROOT, env=environment, stdout=output, check=False).returncode
    except KeyboardInterrupt:  # the command was stopped by the same key and has said what it had to say
        return 1
    return status if status >= 0 else 1


def stop(words: str) -> int:
    print(words, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
