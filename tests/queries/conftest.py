"""A city, its district and two townships, made once; each test works on copies of their folders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from tests.operations.city_desks import Desks, copies, reported_twice


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime]:
    root = tmp_path_factory.mktemp("reported")
    return root, reported_twice(root)


@pytest.fixture
def desks(base: tuple[Path, datetime], tmp_path: Path) -> Iterator[Desks]:
    with copies(*base, tmp_path) as found:
        yield found
