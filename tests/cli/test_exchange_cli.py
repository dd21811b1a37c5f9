"""A township and its district on two command lines, a folder between them for the USB stick."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pypdfium2 import PdfDocument  # type: ignore[import-untyped]
from python_calamine import CalamineWorkbook
from tests.operations.exchange.months import make_ready
from tests.settings.test_keys import FakeKeyring
from tests.shipped_desks import set_up_shipped

from jindu_desk.app.desk import Desk
from jindu_desk.cli.main import run
from jindu_desk.domain.months import Month
from jindu_desk.packages.sealing import is_sealed
from jindu_desk.queries.units import units_below

Say = Callable[..., dict[str, Any]]


@pytest.fixture
def township(examples: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(examples / "township", tmp_path / "township"))


@pytest.fixture
def district(examples: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(examples / "district", tmp_path / "district"))


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """``say(folder, "command", …, code=0)`` → the JSON object that the command printed."""

    def call(folder: Path, *arguments: object, code: int = 0) -> dict[str, Any]:
        found = run(["--data", str(folder), *map(str, arguments), "--json"])
        said = capsys.readouterr()
        assert found == code, said
        facts = json.loads(said.out)
        assert isinstance(facts, dict)
        return facts

    return call


def test_two_desks_that_never_met(say: Say, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each compares the other's fingerprint, by the printed form; before that nothing leaves readable by anyone."""
    held = FakeKeyring()
    monkeypatch.setattr("jindu_desk.settings.keys._keyring", lambda: held)
    township, district = tmp_path / "new-township", tmp_path / "new-district"
    for folder, code in ((township, "320411103000"), (district, "320411000000")):
        desk = Desk.open(folder, create=True, clock=lambda: datetime(2026, 11, 3, 9, 30))
        set_up_shipped(desk, code)
        if folder == township:
            make_ready(desk, Month(2026, 10))
        desk.close(backup=False)
    say(township, "key")
    refused = say(township, "report", "--month", "2026-10", "--to", stick, code=1)
    assert refused["error"] == "readable_by_anyone"
    assert list(stick.iterdir()) == []

    enrolled = say(township, "enrol", "--to", stick)
    assert say(district, "receive", enrolled["file"], code=1)["counts"] == {"untrusted": 1}
    line = tmp_path / "key.pub"
    line.write_text(say(township, "key")["line"], encoding="utf-8")
    wanted = ("trust", "薛家镇", "--key", line, "--fingerprint")
    assert say(district, *wanted, "SHA256:" + "A" * 43, code=1)["error"] == "fingerprint_differs"
    say(district, *wanted, enrolled["fingerprint"])
    assert say(district, "receive", enrolled["file"])["results"][0]["counted"]
    offered = say(district, "key")
    line.write_text(offered["line"], encoding="utf-8")
    say(township, "trust", "新北区", "--key", line, "--fingerprint", offered["fingerprint"])
    told = say(district, "direct", "--to", stick)
    assert say(township, "receive", told["file"])["results"][0]["counted"]
    assert say(township, "report", "--month", "2026-10", "--to", stick)["encrypted"]


def test_a_file_that_anyone_may_read(say: Say, township: Path, stick: Path) -> None:
    assert not say(township, "report", "--month", "2026-10", "--to", stick, "--readable")["encrypted"]


def test_the_whole_round(say: Say, township: Path, district: Path, stick: Path, tmp_path: Path) -> None:
    sent = say(township, "report", "--month", "2026-10", "--to", stick)
    assert sent["encrypted"]
    assert is_sealed(Path(sent["file"]).read_bytes())
    assert say(district, "receive", sent["file"])["counts"] == {"new": 1}
    say(district, "unseal", sent["file"], "--out", tmp_path / "open.jdpkg")
    assert say(district, "verify", tmp_path / "open.jdpkg")["good"]

    totals = say(district, "totals", "--month", "2026-10")
    back = say(
        district,
        "return",
        "薛家镇",
        "--month",
        "2026-10",
        "--reason",
        "请核对丽江花园",
        "--at",
        f"{village(say, township)}/A04.J/期末数与名册不符",
    )
    assert back["remarks"] == 1
    assert say(district, "totals", "--month", "2026-10")["returned"] == ["薛家镇"]
    (told,) = say(district, "answer", "薛家镇", "--to", stick)["answers"]
    assert (told["unit"], told["encrypted"]) == ("薛家镇", True)
    (result,) = say(township, "receive", told["file"])["results"]
    assert "被退回：请核对丽江花园" in result["sentence"]

    again = say(township, "report", "--month", "2026-10", "--to", stick)
    assert (again["number"], again["revision"]) == (2, 2)
    assert say(district, "receive", again["file"], code=0)["counts"] == {"revision": 1}
    assert say(district, "receive", again["file"], "--accept-revisions")["results"][0]["counted"]
    assert say(district, "accept", "薛家镇", "--month", "2026-10")["number"] == 2
    assert say(district, "totals", "--month", "2026-10")["total"] == totals["total"]
    assert say(district, "rebuild")["packages"] == 10
    assert say(district, "totals", "--month", "2026-10")["total"] == totals["total"]
    assert say(district, "check")["sound"]
    assert say(township, "check")["sound"]


def village(say: Say, township: Path) -> str:
    desk = Desk.open(township)
    try:
        return units_below(desk.store, desk.unit.unit.id, Month(2026, 10))[0].name
    finally:
        desk.close(backup=False)


def test_a_remark_that_leads_nowhere_is_refused(say: Say, township: Path, district: Path, stick: Path) -> None:
    sent = say(township, "report", "--month", "2026-10", "--to", stick)
    say(district, "receive", sent["file"])
    wanted = ("return", "薛家镇", "--month", "2026-10", "--reason", "请核对", "--at")
    for place in ("没有这个村/A04.J/漏填", "只有意见"):
        assert say(district, *wanted, place, code=1)["error"] == "remark_elsewhere"
    assert say(district, "accept", "薛家镇", "--month", "2026-09", code=1)["error"] == "no_such_received"


def test_resend_unlock_and_remind(say: Say, township: Path, district: Path, stick: Path, tmp_path: Path) -> None:
    sent = say(township, "report", "--month", "2026-10", "--to", stick)
    Path(sent["file"]).unlink()
    again = say(township, "resend", 1, "--to", stick)
    assert say(district, "receive", again["file"])["counts"] == {"new": 1}
    say(district, "unlock", "薛家镇", "--month", "2026-10", "--reason", "准许更正")
    made = say(district, "answer", "薛家镇", "--to", stick)["answers"]
    (result,) = say(township, "receive", made[0]["file"])["results"]
    assert "已解锁" in result["sentence"]
    say(district, "return", "罗溪镇", "--month", "2026-10", "--reason", "请核对尿检数")
    book = tmp_path / "remind.xlsx"
    found = say(district, "remind", "--pdf", tmp_path / "remind.pdf", "--xlsx", book)["reminders"]
    assert ("罗溪镇", "2026-10") in {(row["unit"], row["month"]) for row in found}
    assert ("薛家镇", "2026-10") not in {(row["unit"], row["month"]) for row in found}
    rows = CalamineWorkbook.from_path(book).get_sheet_by_name("催报清单").to_python()[3:]
    assert [row[1] for row in rows] == [row["unit"] for row in found]
    luoxi = next(row for row in rows if row[1] == "罗溪镇")
    assert (luoxi[4], str(luoxi[6])[-7:]) == ("—", "日退回，待更正")
    document = PdfDocument(tmp_path / "remind.pdf")
    assert "罗溪镇" in document[0].get_textpage().get_text_bounded()
    document.close()


def test_keys_change(say: Say, township: Path, district: Path, stick: Path, tmp_path: Path) -> None:
    before = say(township, "key")["fingerprint"]
    assert say(township, "rekey", "begin")["fingerprint"] == before
    said = say(township, "enrol", "--to", stick, "--form", tmp_path / "form.pdf")
    assert say(district, "receive", said["file"])["results"][0]["counted"]
    now = say(township, "rekey", "finish")["fingerprint"]
    assert now != before
    sent = say(township, "report", "--month", "2026-10", "--to", stick)
    assert sent["fingerprint"] == now
    assert say(district, "receive", sent["file"])["counts"] == {"new": 1}
    document = PdfDocument(tmp_path / "form.pdf")
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "密钥登记表" in text
    assert say(township, "rekey", "lost", code=1)["error"] == "text_missing"
    lost = say(township, "rekey", "lost", "--reason", "电脑被盗")
    assert lost["fingerprint"] not in (before, now)
