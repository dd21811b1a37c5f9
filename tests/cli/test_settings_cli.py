"""The papers' wording from the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.shipped_desks import shipped_desk

from jindu_desk.cli.main import run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from tests.conftest import Clock


def test_wording_is_listed_set_and_set_back(tmp_path: Path, clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    shipped_desk(tmp_path / "data", "320411103000", clock).close(backup=False)

    def said(*arguments: str) -> tuple[int, str, str]:
        code = run(["--data", str(tmp_path / "data"), "settings", *arguments])
        spoken = capsys.readouterr()
        return code, spoken.out, spoken.err

    assert "办公室（office）　薛家镇禁毒工作领导小组办公室　默认" in said()[1]
    assert said("set", "办公室", "测试禁毒办")[:2] == (0, "已设置：办公室　测试禁毒办\n")
    assert said("set", "signatures", "制表", "分管领导")[1] == "已设置：签字栏　制表｜分管领导\n"
    listed = json.loads(said("--json")[1])["settings"]
    assert listed["office"] == {"label": "办公室", "value": "测试禁毒办", "usual": False}
    assert listed["signatures"]["value"] == "制表\n分管领导"
    assert listed["mark"]["usual"]
    assert said("reset", "office")[1] == "已恢复默认：办公室　薛家镇禁毒工作领导小组办公室\n"
    code, _, sentence = said("set", "没有这一项", "x")
    assert (code, "copies_to" in sentence) == (1, True)
