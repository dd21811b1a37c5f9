"""Every attack that is named has its test."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest
from tests.packages.attack_names import IN_A_FILE, IN_THE_ORDER, NO_ANALOGUE, OF_TUF

TESTS = Path(__file__).parents[1]
EVERY = [(name, test) for part in (IN_A_FILE, IN_THE_ORDER, OF_TUF) for name, test in part.items() if test]


@cache
def functions_of(file: str) -> frozenset[str]:
    path = TESTS / file
    if not path.exists():
        return frozenset()
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return frozenset(node.name for node in body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize(("name", "test"), EVERY, ids=[name for name, _ in EVERY])
def test_every_attack_has_a_test_by_its_name(name: str, test: str) -> None:
    file, _, function = test.partition("::")
    assert function in functions_of(file), f"{name}: {test}"


def test_what_has_no_test_has_no_analogue() -> None:
    assert {name for name, test in OF_TUF.items() if not test} == NO_ANALOGUE
    assert all([*IN_A_FILE.values(), *IN_THE_ORDER.values()])
