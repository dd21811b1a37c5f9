"""Writing something to a folder or stick: where to, and afterwards what lies there now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QDir
from PySide6.QtWidgets import QLabel, QSizePolicy

from jindu_desk.ui.chips import StateChip
from jindu_desk.ui.drives import Place
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.place_choice import PlaceChoice
from jindu_desk.ui.side_panel import PanelContent, PanelForm, facts_table


class PlaceForm(PanelForm):
    """``write(folder)`` when the button with the ``verb`` is pressed. ``said``: what will be written."""

    def __init__(
        self, title: str, said: Sequence[str], verb: str, write: Callable[[Path], object], last: Callable[[], str]
    ) -> None:
        super().__init__(title, columns=1)
        self._write = write
        for text in said:
            self.form.add_widget(_wrapped(text))
        self.place = PlaceChoice(last)
        self.add("folder", "写到哪里", self.place)
        self.actions_shown = (
            Action(verb, self._press, "usb", role="primary"),
            Action("取消", self.closing.emit),
        )

    def offer_places(self, found: Sequence[Place]) -> None:
        self.place.offer_places(found)

    def _press(self) -> None:
        self.clear_failures()
        if folder := self.place.folder_or_ask():
            self._write(folder)


class WrittenPanel(PanelContent):
    """A file that was written and read back; ``next_steps``: what a person does with it now."""

    def __init__(
        self,
        title: str,
        file: Path,
        *,
        encrypted: bool,
        on_stick: bool,
        next_steps: Sequence[str],
        actions: Sequence[Action],
    ) -> None:
        super().__init__(title)
        self.file = file
        self.column.addWidget(StateChip("可以拔出U盘" if on_stick else "已写好并读回核对", "done"))
        self.column.addLayout(
            facts_table(
                (
                    ("文件", file.name),
                    ("写到", QDir.toNativeSeparators(str(file.parent))),
                    ("加密", "已加密，只有收件单位能打开" if encrypted else "没有加密，拿到文件的人都能读"),
                )
            )
        )
        for number, step in enumerate(next_steps, 1):
            self.column.addWidget(_wrapped(f"{number}. {step}"))
        self.column.addStretch(1)
        self.actions_shown = (*actions, Action("关闭", self.closing.emit))


def _wrapped(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
