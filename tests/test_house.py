"""The house stands as it is drawn: layers, words, errors, checks, locks."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import jindu_desk
from jindu_desk import errors
from jindu_desk.errors import DeskError

ROOT = Path(jindu_desk.__file__).parents[2]
SOURCE = ROOT / "src" / "jindu_desk"
CHINESE = re.compile(r"[\u3400-\u9fff]")
SPEAKING = ("ui", "reports", "cli", "errors")


def sources() -> Iterator[tuple[str, str]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path.relative_to(SOURCE).as_posix(), path.read_text(encoding="utf-8")


def all_errors() -> list[type[DeskError]]:
    for module in pkgutil.iter_modules(errors.__path__):
        importlib.import_module(f"jindu_desk.errors.{module.name}")
    found: list[type[DeskError]] = []
    waiting = [DeskError]
    while waiting:
        for child in waiting.pop().__subclasses__():
            if child.__module__.startswith("jindu_desk.") and child not in found:
                found.append(child)
                waiting.append(child)
    return found


def test_layers_hold() -> None:
    ran = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout


def test_chinese_is_spoken_only_where_people_listen() -> None:
    """Docstrings may name a Chinese term; strings of the program stand in the speaking layers."""
    strays = []
    for name, text in sources():
        if name.split("/")[0] in SPEAKING:
            continue
        tree = ast.parse(text)
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
                continue
            if CHINESE.search(node.value) and id(node) not in docstrings | bare:
                strays.append(f"{name}:{node.lineno}")
    assert strays == []


@pytest.mark.parametrize("error", all_errors(), ids=lambda error: error.__name__)
def test_every_error_has_a_sentence_that_says_what_to_do(error: type[DeskError]) -> None:
    sentence = error.sentence
    assert CHINESE.search(sentence)
    assert sentence.rstrip().endswith(("。", "）", "？", "}", "”"))
    names = {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
    assert all(re.fullmatch(r"[a-z_0-9]+", name) for name in names)


def test_codes_of_errors_are_unique() -> None:
    codes = [re.sub(r"(?<!^)(?=[A-Z])", "_", error.__name__).lower() for error in all_errors()]
    assert len(codes) == len(set(codes))


def test_every_check_has_a_test_that_names_it() -> None:
    checks = tomllib.loads((ROOT / "resources" / "checks.toml").read_text(encoding="utf-8"))["checks"]
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "domain").rglob("test_*.py"))
    untested = [
        check["code"] for check in checks if not re.search(rf"\b{check['code']}\b|_{check['code'].lower()}_", tests)
    ]
    assert untested == []


def test_no_junk_drawers() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "widgets"}
    assert [name for name, _ in sources() if drawers & set(Path(name).with_suffix("").parts)] == []


def test_files_stay_readable() -> None:
    """Past about 400 lines a file has a second subject in it."""
    assert {name: n for name, text in sources() if (n := text.count("\n")) > 450 and "/versions/" not in name} == {}


def test_locks_carry_hashes_and_no_addresses() -> None:
    locks = sorted((ROOT / "packaging").glob("requirements*.lock"))
    assert len(locks) == 3
    for lock in locks:
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        for block in re.split(r"\n(?=[a-z0-9])", text.strip()):
            assert "--hash=sha256:" in block, block.splitlines()[0]


def test_the_card_is_kept() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = " ".join(project["project"]["dependencies"] + project["dependency-groups"]["dev"]).lower()
    for package in ("pyside6", "sqlmodel", "reportlab", "keyring", "pytest-qt"):
        assert package in wanted
    for place in ("src/jindu_desk", "resources", "tests", "packaging", "README.md"):
        assert (ROOT / place).exists()


def test_nothing_reaches_for_the_network() -> None:
    modules = r"urllib\.request|http\.client|requests|httpx|aiohttp|ftplib|smtplib|PySide6\.QtNetwork"
    reaching = re.compile(rf"^\s*(?:import|from)\s+({modules})\b", re.MULTILINE)
    assert [name for name, text in sources() if reaching.search(text)] == []


def test_nothing_of_qt_is_imported_on_the_worker() -> None:
    """PySide makes types when they are first named; two threads at the same one crash. Work for the worker is written
    as a function within a method, so none of these may be the first to import a module of the window."""
    strays = []
    for path in (SOURCE / "ui").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        methods = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        inner = {each for method in methods for each in ast.walk(method) if isinstance(each, ast.FunctionDef)} - {
            each for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef) for each in node.body
        }
        for function in inner:
            for node in ast.walk(function):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("PySide6", "jindu_desk.ui")):
                    strays.append(f"{path.name}:{node.lineno}")
    assert strays == []
