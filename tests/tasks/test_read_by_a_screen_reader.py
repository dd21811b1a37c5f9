"""What a blind officer hears: the real program on a real screen, read by the library that Orca reads with.

`screen_reader.py` is that reader; it runs on the system's Python and presses keys of the X server. Skipped where the
machine lacks a part.
"""

from __future__ import annotations

import ctypes.util
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

READER = Path(__file__).with_name("screen_reader.py")
SYSTEM_PYTHON = Path("/usr/bin/python3")
LONG = 120  # seconds until the whole is given up

MISSING = [
    package
    for package, there in (
        ("xvfb", shutil.which("Xvfb")),
        ("dbus", shutil.which("dbus-daemon")),
        ("at-spi2-core", Path("/usr/share/dbus-1/services/org.a11y.Bus.service").exists()),
        ("gir1.2-atspi-2.0", list(Path("/usr/lib").glob("*/girepository-1.0/Atspi-2.0.typelib"))),
        ("python3-gi", SYSTEM_PYTHON.exists() and Path("/usr/lib/python3/dist-packages/gi").exists()),
        ("libxcb-cursor0", ctypes.util.find_library("xcb-cursor")),
    )
    if not there
]
pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {' '.join(MISSING)}"),
]


class Ear:
    """Asks the reader, and waits for its answer no longer than it should take."""

    def __init__(self, reader: subprocess.Popen[str]) -> None:
        self._reader = reader

    def ask(self, order: str, *details: object) -> Any:
        assert self._reader.stdin is not None
        self._reader.stdin.write(json.dumps([order, *details]) + "\n")
        self._reader.stdin.flush()
        answer = json.loads(_line(self._reader))
        assert "answer" in answer, answer
        return answer["answer"]


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    assert select.select([process.stdout], [], [], LONG)[0], f"{process.args!r} says nothing"
    return process.stdout.readline().strip()


def _start(stack: ExitStack, command: list[str], environment: dict[str, str]) -> subprocess.Popen[str]:
    """A process that is ended with all its children when the test is over."""
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )

    def end() -> None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            pipe.close()

    stack.callback(end)
    return process


@pytest.fixture
def ear(examples: Path) -> Iterator[Ear]:
    """The example township's program on a screen of its own, and somebody who listens."""
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ear")))  # short: sockets stand in it
        shutil.copytree(examples / "township", place / "data")
        environment = os.environ | {
            "HOME": str(place),
            "XDG_RUNTIME_DIR": str(place),
            "GSETTINGS_BACKEND": "memory",
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        screen = _start(stack, ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24"], environment)
        environment["DISPLAY"] = f":{_line(screen)}"
        bus = _start(stack, ["dbus-daemon", "--session", "--nofork", "--print-address=1"], environment)
        environment["DBUS_SESSION_BUS_ADDRESS"] = _line(bus)
        _start(stack, [sys.executable, "-m", "jindu_desk", "--data", str(place / "data")], environment)
        yield Ear(_start(stack, [str(SYSTEM_PYTHON), "-W", "ignore", str(READER)], environment))


def test_a_month_is_heard_and_filled(ear: Ear) -> None:
    """One test: to start all that is needed takes longer than to use it. That no other page has anything without a
    name is tried without a reader, in `test_by_keyboard_alone.py`."""
    ear.ask("wait_for", "list item", "设置")
    the_window_tells_where_one_is(ear)
    ear.ask("press", "list item", "台账")  # a window without a desktop around it becomes active by a click
    the_sheet_is_heard_and_filled(ear)
    ear.ask("press", "list item", "经费")
    ear.ask("press", "push button", "登记支出")
    ear.ask("wait_for", "text", "金额（元）")
    fields_have_their_labels(ear)


def all_named(ear: Ear) -> list[dict[str, Any]]:
    """What is to be seen now; whatever of it the keyboard can come to has a name."""
    seen: list[dict[str, Any]] = ear.ask("seen")
    assert sum(each["focusable"] for each in seen) > 10
    assert [each for each in seen if each["focusable"] and not each["name"]] == []
    return seen


def the_window_tells_where_one_is(ear: Ear) -> None:
    seen = all_named(ear)
    names = {role: [each["name"] for each in seen if each["role"] == role] for role in ("frame", "list item", "label")}
    assert names["frame"] == ["禁毒工作台账"]
    assert {"工作台", "会议", "台账", "经费", "履职", "上报", "单位人员"} <= set(names["list item"])
    assert "薛家镇" in names["label"]


def the_sheet_is_heard_and_filled(ear: Ear) -> None:
    ear.ask("wait_for", "table", "台账")
    assert ear.ask("cell", "台账", 0, 4) == "吕墅社区居委会 A02b 转入（社区戒毒）：0"
    assert [head.partition("：")[0] for head in ear.ask("heads", "台账", 0, 4)] == [
        "吕墅社区居委会",
        "A02b 转入（社区戒毒）",
    ]
    all_named(ear)
    # The keyboard comes into the sheet with its page; each cell is said when it becomes the current one.
    ear.ask("strike", ["Down"], "table cell", "中巷社区居委会 A0")
    ear.ask("strike", ["3"], "text", "填写数字")
    ear.ask("strike", ["Return"], "table cell", "新晨社区居委会 A0")
    assert ear.ask("strike", ["Up"], "table cell", "中巷社区居委会")[0].endswith("：3")
    ear.ask("strike", ["Delete", "Down"], "table cell", "新晨社区居委会")
    assert ear.ask("strike", ["Up"], "table cell", "中巷社区居委会")[0].endswith("：未填")
    refusal, _ = ear.ask("strike", ["x", "Return"], "announcement", "“x”不是人数或次数")
    assert "按 Esc 放弃" in refusal
    ear.ask("strike", ["Escape"], "table cell", "中巷社区居委会")


def fields_have_their_labels(ear: Ear) -> None:
    seen = all_named(ear)
    labels = {each["name"]: each["labels"] for each in seen if each["role"] == "text"}
    assert labels["金额（元）"] == ["金额（元） *"]
    assert labels["日期"] == ["日期 *"]
    assert labels["摘要"] == ["摘要 *"]
    boxes = [each for each in seen if each["role"] == "combo box"]
    assert boxes
    assert [box for box in boxes if not box["labels"]] == []
