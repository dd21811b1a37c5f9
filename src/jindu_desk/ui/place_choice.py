"""Choosing the folder that packages are written to: a stick, the folder used last, or another one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QDir
from PySide6.QtWidgets import QComboBox, QFileDialog, QSizePolicy, QWidget

from jindu_desk.ui.drives import Place
from jindu_desk.ui.theme.measures import row_height

_OTHER = "其他文件夹…"


class PlaceChoice(QComboBox):
    """``last()`` is where looking for another folder begins. Give it a label that leads to it."""

    def __init__(self, last: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._last = last
        self.setMinimumHeight(row_height(self))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(self._chosen)
        self.offer_places(())

    def offer_places(self, found: Sequence[Place]) -> None:
        """Offer these, removable ones first as they come; keep what was chosen."""
        chosen = self.folder
        self.clear()
        for place in found:
            self.addItem(place.label, str(place.path))
        self.addItem(_OTHER, None)
        if chosen is not None:
            self.choose(chosen)

    def choose(self, folder: Path) -> None:
        """Choose a folder, also one that was not offered."""
        index = self.findData(str(folder))
        if index < 0:
            self.insertItem(0, QDir.toNativeSeparators(str(folder)), str(folder))
            index = 0
        self.setCurrentIndex(index)

    @property
    def folder(self) -> Path | None:
        data = self.currentData()
        return Path(data) if data else None

    def folder_or_ask(self) -> Path | None:
        """The chosen folder; where none is, the one that the user looks for now. None if the user gave it up."""
        if self.folder is None:
            self._look_for_one()
        return self.folder

    def _chosen(self, index: int) -> None:
        if self.itemData(index) is None:
            self._look_for_one()

    def _look_for_one(self) -> None:
        found = QFileDialog.getExistingDirectory(self, "数据包写到哪个文件夹", self._last())
        if found:
            self.choose(Path(found))
        else:
            self.setCurrentIndex(0)
