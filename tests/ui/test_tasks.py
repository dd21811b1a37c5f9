"""One worker, first come first served, results on the window thread, nothing swallowed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from jindu_desk.errors.folder import FolderReadOnly
from jindu_desk.ui.tasks import Cancelled, Progress, Tasks


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.finish()


def settle(qtbot: QtBot, tasks: Tasks) -> None:
    qtbot.waitUntil(lambda: not tasks.busy)


def test_work_runs_off_the_window_thread_and_is_delivered_on_it(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[tuple[int, int]] = []
    tasks.run(threading.get_ident, lambda worker: seen.append((worker, threading.get_ident())))
    settle(qtbot, tasks)
    ((worker, receiver),) = seen
    assert receiver == threading.get_ident() != worker


def test_first_come_first_served(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[int] = []
    for number in range(20):
        tasks.run(lambda number=number: number, seen.append)  # type: ignore[misc]
    settle(qtbot, tasks)
    assert seen == list(range(20))


def test_an_error_the_user_can_act_on_goes_to_the_default_place(qtbot: QtBot, tasks: Tasks) -> None:
    told: list[Exception] = []
    tasks.failed.connect(told.append)

    def refuse() -> None:
        raise FolderReadOnly(reason="测试")

    tasks.run(refuse)
    settle(qtbot, tasks)
    assert isinstance(told[0], FolderReadOnly)


def test_an_error_goes_to_the_caller_who_asked_for_it(qtbot: QtBot, tasks: Tasks) -> None:
    default: list[Exception] = []
    own: list[Exception] = []
    tasks.failed.connect(default.append)

    def refuse() -> None:
        raise FolderReadOnly(reason="测试")

    tasks.run(refuse, failed=own.append)
    settle(qtbot, tasks)
    assert (len(default), len(own)) == (0, 1)


def test_a_bug_is_logged_with_its_traceback_and_told_in_both_places(
    qtbot: QtBot, tasks: Tasks, caplog: pytest.LogCaptureFixture
) -> None:
    default: list[Exception] = []
    own: list[Exception] = []
    tasks.failed.connect(default.append)
    with caplog.at_level(logging.ERROR, logger="jindu_desk"):
        tasks.run(lambda: [0].pop(7), failed=own.append, title="数一数")
        settle(qtbot, tasks)
    assert isinstance(default[0], IndexError)
    assert isinstance(own[0], IndexError)
    assert "IndexError" in caplog.text
    assert "数一数" in caplog.text


class Receiver(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.got: list[int] = []

    def take(self, value: int) -> None:
        self.got.append(value)


def test_a_receiver_that_died_is_not_called(qtbot: QtBot, tasks: Tasks) -> None:
    go = threading.Event()
    receiver = Receiver()
    seen: list[int] = []

    def closure(value: int) -> None:
        seen.append(receiver.width() + value)

    tasks.run(lambda: go.wait(5) and 1, receiver.take)
    tasks.run(lambda: 1, closure)
    import shiboken6

    shiboken6.delete(receiver)
    go.set()
    settle(qtbot, tasks)
    assert (receiver.got, seen) == ([], [])


def test_progress_arrives_and_cancel_stops_at_the_next_step(qtbot: QtBot, tasks: Tasks) -> None:
    steps: list[tuple[int, int, str]] = []
    ends: list[Exception] = []
    in_the_middle = threading.Event()
    go_on = threading.Event()

    def work(progress: Progress) -> int:
        for number in range(1, 100):
            progress.step(number, 100, f"第 {number} 个")
            if number == 3:
                in_the_middle.set()
                go_on.wait(5)
        return 100

    # Who listens from the start hears every step.
    tasks.started.connect(lambda job: job.progressed.connect(lambda *step: steps.append(step)))
    job = tasks.run(work, failed=ends.append, title="读取", progress=True, cancellable=True)
    assert in_the_middle.wait(5)
    job.cancel()
    go_on.set()
    settle(qtbot, tasks)
    assert isinstance(ends[0], Cancelled)
    assert job.is_over
    assert steps[0] == (1, 100, "第 1 个")
    assert steps[-1][0] < 100


def test_work_cancelled_while_it_waits_is_never_begun(qtbot: QtBot, tasks: Tasks) -> None:
    go = threading.Event()
    begun: list[bool] = []

    def work(progress: Progress) -> None:
        begun.append(progress.cancelled)

    tasks.run(lambda: go.wait(5))
    job = tasks.run(work, failed=lambda _error: None, progress=True, cancellable=True)
    job.cancel()
    go.set()
    settle(qtbot, tasks)
    assert begun == []


def test_finish_carries_out_what_is_queued_and_delivers_it(qtbot: QtBot) -> None:
    tasks = Tasks()
    seen: list[int] = []
    for number in range(5):
        tasks.run(lambda number=number: number, seen.append)  # type: ignore[misc]
    tasks.finish()
    tasks.finish()
    assert seen == [0, 1, 2, 3, 4]
    assert not tasks.busy


def test_a_receiver_that_fails_does_not_stop_the_next(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[int] = []

    def fail(_value: int) -> None:
        raise ValueError("a bug in a page")

    with qtbot.captureExceptions() as caught:
        tasks.run(lambda: 1, fail)
        tasks.run(lambda: 2, seen.append)
        settle(qtbot, tasks)
    assert seen == [2]
    assert caught[0][0] is ValueError
