"""A rule file is exported, edited elsewhere and read in again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jindu_desk.domain.months import Month
from jindu_desk.domain.rule_sets import RuleName
from jindu_desk.errors.folder import CannotReadFile
from jindu_desk.errors.rules import NotARuleFile, RuleFileRefused
from jindu_desk.operations.rule_file_exchange import LIMIT, export_rules, set_rules_from_file
from jindu_desk.queries.rules import rules

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

NOVEMBER = Month(2026, 11)


def test_out_edited_and_in_again(district: Desk, tmp_path: Path) -> None:
    file = tmp_path / "checks.toml"
    export_rules(district.store, RuleName.CHECKS, NOVEMBER, file)
    text = file.read_text(encoding="utf-8")
    version = rules(district.store, NOVEMBER).checks.version
    edited = text.replace(f'version = "{version}"', 'version = "2099.1"')
    file.write_bytes(b"\xef\xbb\xbf" + edited.encode())  # as an editor of Windows saves it
    set_rules_from_file(district.store, RuleName.CHECKS, NOVEMBER, file)
    assert rules(district.store, NOVEMBER).checks.version == "2099.1"
    assert rules(district.store, Month(2026, 10)).checks.version == version


def test_a_fault_is_told_with_file_line_and_column(district: Desk, tmp_path: Path) -> None:
    file = tmp_path / "checks.toml"
    file.write_text('version = "2099.1"\nchecks = [', encoding="utf-8")
    with pytest.raises(RuleFileRefused, match=r"“checks\.toml”没有采用。"):
        set_rules_from_file(district.store, RuleName.CHECKS, NOVEMBER, file)
    file.write_text('version = "2099.1"\nchecks = ]\n', encoding="utf-8")
    with pytest.raises(RuleFileRefused, match="第 2 行第 10 列"):
        set_rules_from_file(district.store, RuleName.CHECKS, NOVEMBER, file)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"#" * (LIMIT + 1)])
def test_what_is_no_text_is_refused(district: Desk, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "picture.toml"
    file.write_bytes(content)
    with pytest.raises(NotARuleFile):
        set_rules_from_file(district.store, RuleName.CHECKS, NOVEMBER, file)


def test_a_file_that_is_gone_is_told(district: Desk, tmp_path: Path) -> None:
    with pytest.raises(CannotReadFile):
        set_rules_from_file(district.store, RuleName.CHECKS, NOVEMBER, tmp_path / "gone.toml")
