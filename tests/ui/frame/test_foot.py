"""The foot: notices fade or stay, progress can be cancelled, short reads are not shown."""

from __future__ import annotations

import threading

from PySide6.QtWidgets import QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from jindu_desk.ui.frame.foot import Foot
from jindu_desk.ui.notices import Notices
from jindu_desk.ui.tasks import Progress, Tasks


def test_progress_is_shown_with_cancel_and_goes_away(qtbot: QtBot) -> None:
    foot, tasks = Foot(), Tasks()
    qtbot.addWidget(foot)
    tasks.started.connect(foot.show_job)
    bar, cancel = foot.findChild(QProgressBar), foot.findChild(QPushButton)
    assert bar is not None
    assert cancel is not None
    go = threading.Event()

    def read(progress: Progress) -> None:
        progress.step(1, 4, "测试甲")
        go.wait(5)
        progress.step(2, 4)

    tasks.run(read, failed=lambda _error: None, title="读取", progress=True, cancellable=True)
    qtbot.waitUntil(lambda: bar.value() == 1)
    assert not bar.isHidden()
    assert bar.maximum() == 4
    cancel.click()
    assert not cancel.isEnabled()
    go.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert bar.isHidden()
    tasks.finish()


def test_a_short_untitled_read_is_not_shown(qtbot: QtBot) -> None:
    foot, tasks = Foot(), Tasks()
    qtbot.addWidget(foot)
    tasks.started.connect(foot.show_job)
    tasks.run(lambda: 1)
    bar = foot.findChild(QProgressBar)
    assert bar is not None
    assert bar.isHidden()
    tasks.finish()


def test_what_is_done_fades_and_what_failed_stays(qtbot: QtBot) -> None:
    notices = Notices()
    qtbot.addWidget(notices)
    notices.show_notice("已保存", "done")
    assert notices._fade.isActive()
    notices._fade.timeout.emit()
    assert notices.text == ""
    notices.show_notice("没有保存", "error")
    assert not notices._fade.isActive()
    assert notices.text == "没有保存"
    assert [text for text, _kind in notices.earlier] == ["已保存", "没有保存"]
