"""The guide itself: steps left, the step right, back and on below."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from jindu_desk.domain.months import Month
from jindu_desk.errors import DeskError
from jindu_desk.ui.first_start.answers import Answers
from jindu_desk.ui.first_start.below_step import BelowStep
from jindu_desk.ui.first_start.directors_step import DirectorsStep
from jindu_desk.ui.first_start.finish_step import FinishStep
from jindu_desk.ui.first_start.officials_step import OfficialsStep
from jindu_desk.ui.first_start.starting import demo_beside, restore_here, set_up
from jindu_desk.ui.first_start.step import Step
from jindu_desk.ui.first_start.tier_step import TierStep
from jindu_desk.ui.first_start.unit_steps import OwnUnitStep, SuperiorStep
from jindu_desk.ui.frame.scrolling import scrolling
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.tasks import Progress, Tasks
from jindu_desk.ui.theme.measures import BETWEEN, EDGE, GROUP

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


class FirstStart(QWidget):
    """``finished()`` when the folder has its unit (or was restored). ``open_demo`` goes over to another folder."""

    finished = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, *, open_demo: Callable[[Path], object]) -> None:
        super().__init__()
        self._desk, self._tasks, self._open_demo = desk, tasks, open_demo
        self.answers = Answers()
        tier = TierStep()
        tier.demo_wanted.connect(self._look_at_demo)
        tier.restore_wanted.connect(self._restore)
        self._steps: tuple[Step, ...] = (
            tier,
            OwnUnitStep(tasks),
            BelowStep(),
            SuperiorStep(tasks),
            OfficialsStep(),
            DirectorsStep(),
            FinishStep(),
        )
        self._number = 0
        self._words = [QLabel() for _step in self._steps]
        self._pages = QStackedWidget()
        for step in self._steps:
            self._pages.addWidget(scrolling(step))  # the buttons stay in view
        self._back = button_for(Action("上一步", self.back, icon="chevron-left"))
        self._on = button_for(Action("下一步", self.go_on, role="primary"))
        self._on.setDefault(True)
        self._said = QLabel()
        self._said.setProperty("role", "wrong")
        self._said.setWordWrap(True)
        self._build()
        self._show_step()

    @property
    def step(self) -> Step:
        """The step on view."""
        return self._steps[self._number]

    def back(self) -> None:
        self._number = self._next_applying(-1)
        self._show_step()

    def go_on(self) -> None:
        """Take this step's answers and show the next; the last step sets the folder up."""
        try:
            self.answers = self.step.leave(self.answers)
        except DeskError:
            return  # the step says it where it is wrong
        if self._number == len(self._steps) - 1:
            self._finish()
            return
        self._number = self._next_applying(1)
        self._show_step()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button it stands on, is left to a list, and else goes on."""
        here = self.focusWidget()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or isinstance(here, QAbstractItemView):
            super().keyPressEvent(event)
        elif isinstance(here, QPushButton):
            here.click()
        elif self._on.isEnabled():
            self.go_on()

    def showEvent(self, event: QShowEvent) -> None:
        """Only now is there a window whose keyboard can be asked for."""
        super().showEvent(event)
        if not event.spontaneous():
            self.step.focus_first()

    def _build(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(BETWEEN)
        names.addSpacing(4)
        for label in self._words:
            names.addWidget(label)
        names.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GROUP)
        buttons.addWidget(self._said, 1)
        buttons.addWidget(self._back)
        buttons.addWidget(self._on)
        right = QVBoxLayout()
        right.setSpacing(BETWEEN)
        right.addWidget(self._pages, 1)
        right.addLayout(buttons)
        inside = QWidget()
        inside.setMaximumWidth(1080)
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * EDGE)
        row.addLayout(names)
        row.addLayout(right, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        outer.addStretch(1)
        outer.addWidget(inside, 20)
        outer.addStretch(1)

    def _next_applying(self, direction: int) -> int:
        number = self._number + direction
        while 0 < number < len(self._steps) - 1 and not self._steps[number].applies(self.answers):
            number += direction
        return max(number, 0)

    def _show_step(self) -> None:
        self._said.setText("")
        self._pages.setCurrentIndex(self._number)
        self._back.setEnabled(self._number > 0)
        self._on.setText("完成" if self._number == len(self._steps) - 1 else "下一步")
        shown = 0
        for number, (step, label) in enumerate(zip(self._steps, self._words, strict=True)):
            applies = step.applies(self.answers)
            label.setVisible(applies)
            shown += applies
            sign = "✓" if number < self._number else str(shown)
            label.setText(f"{sign}　{step.word}")
            label.setProperty("role", "done" if number < self._number else "muted")
            font = label.font()
            font.setBold(number == self._number)
            label.setFont(font)
            if number == self._number:
                label.setProperty("role", "")
            label.style().polish(label)
        self.step.enter(self.answers)
        self.step.focus_first()

    def _finish(self) -> None:
        self._busy(True)
        answers, desk = self.answers, self._desk
        self._tasks.run(
            lambda: set_up(desk, answers.set_up()),
            lambda _changes: self.finished.emit(),
            self._failed,
            title="正在设置",
        )

    def _look_at_demo(self) -> None:
        self._busy(True)
        folder, tier = self._desk.paths.root, self.step.leave(self.answers).tier
        month = Month.of(self._desk.store.clock().date())

        def make(progress: Progress) -> Path:
            return demo_beside(folder, tier, month, progress)

        self._tasks.run(make, self._open_demo, self._failed, title="正在准备示例数据", progress=True, cancellable=True)

    def _restore(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, "选择备份文件", "", "备份（*.db *.zip）;;所有文件（*）")
        if not chosen:
            return
        self._busy(True)
        desk = self._desk
        self._tasks.run(
            lambda: restore_here(desk, Path(chosen)), lambda _none: self.finished.emit(), self._failed, title="正在恢复"
        )

    def _failed(self, error: Exception) -> None:
        self._busy(False)
        if isinstance(error, DeskError):
            self._said.setText(str(error))

    def _busy(self, busy: bool) -> None:
        self._pages.setEnabled(not busy)
        self._on.setEnabled(not busy)
        self._back.setEnabled(not busy and self._number > 0)
