"""The findings below the sheet: they lead to the cell; a soft one takes its reason here. Can be folded."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jindu_desk.ui.chips import StateChip
from jindu_desk.ui.fields import word_for
from jindu_desk.ui.tables import RowsModel, rows_view, select_same
from jindu_desk.ui.tallies.finding_rows import COLUMNS, LEVELS, FindingRow, finding_rows
from jindu_desk.ui.tallies.state import SheetState
from jindu_desk.ui.theme.icons import put_icon
from jindu_desk.ui.theme.measures import GROUP, row_height, scaled_font
from jindu_desk.ui.theme.tokens import Kind

_COUNTED: tuple[Kind, ...] = ("wrong", "due", "plain", "done")
_SENTENCE = 3  # its place among the columns
_ANY = 16_777_215  # px; Qt's own word for no limit
_REASON_HINT = "写明实际情况，随上报包送区里审核"
_SOURCE_HINT = "首次填写的期初数来自哪里，例如：移交清单 2026-09；各村（社区）一次写好"


class FindingsPanel(QWidget):
    """``chosen(unit, item)`` leads to the cell; ``reason_given(unit, key, text)``, "" to take it back;
    ``source_given(text)``: where the opening figures of a first month come from; ``folded(is_folded)``; ``listed()``:
    other lines are shown."""

    chosen = Signal(str, str)
    reason_given = Signal(str, str, str)
    source_given = Signal(str)
    folded = Signal(bool)
    listed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: SheetState | None = None
        self._block = ""
        self._model: RowsModel[FindingRow] = RowsModel(COLUMNS, self)
        self._view = rows_view(self._model, name="审核结果", sortable=False, compact=True)
        self._view.horizontalHeader().setVisible(False)  # the words say what they are; a line more is worth more
        self._view.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self._view.clicked.connect(self._lead)
        self._view.activated.connect(self._lead)
        self._view.selectionModel().currentRowChanged.connect(self._show_reason)
        self._wrong = QLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._head())
        column.addWidget(self._view, 1)
        self._whole = QLabel(wordWrap=True)  # of the current line, where the list cuts it: its end says what to do
        self._whole.setProperty("role", "muted")
        self._whole.setVisible(False)
        column.addWidget(self._whole)
        column.addWidget(self._reason_row())
        self.setMinimumHeight(self._least())

    def show_state(self, state: SheetState, block: str) -> None:
        """Show the findings anew, keeping the line that is current."""
        self._state, self._block = state, block
        kept = self._current()
        rows = finding_rows(state, block=block if self._only_block.isChecked() else "")
        whole = rows if not self._only_block.isChecked() else finding_rows(state)
        if level := self._only_level.currentData():
            rows = tuple(row for row in rows if row.kind == level)
        if [row.identity for row in rows] == [row.identity for row in self._model.rows]:
            self._model.change_rows(rows)
        else:
            self._model.show_rows(rows)
            if kept is not None:
                select_same(self._view, self._model, lambda row: row.identity, kept.identity)
        self._sum_up(whole)
        self._view.setColumnHidden(len(COLUMNS) - 1, not any(row.reason for row in rows))
        self._show_reason()
        self.listed.emit()

    def show_refusal(self, sentence: str) -> None:
        """Say below the reason why it was not taken."""
        self._wrong.setText(sentence)
        self._wrong.setVisible(True)

    @property
    def is_folded(self) -> bool:
        return not self._fold.isChecked()

    def fold(self, is_folded: bool) -> None:
        self._fold.setChecked(not is_folded)

    @property
    def rows(self) -> tuple[FindingRow, ...]:
        return tuple(self._model.rows)

    @property
    def scope(self) -> str:
        """In words, what is listed where it is not all of the month."""
        state, only_block = self._state, self._only_block.isChecked()
        block = state.catalogue.block(self._block).name if state is not None and only_block else ""
        level = self._only_level.currentText() if self._only_level.currentData() else ""
        listed = "、".join(filter(None, (block, level)))
        return f"只列{listed}" if listed else ""

    def select(self, unit_id: str, key: str) -> None:
        """Make a finding's line the current one; what is listed in part hides it no longer."""
        if self._only_level.currentData() and all(row.identity != (unit_id, key) for row in self.rows):
            self._only_level.setCurrentIndex(0)
        select_same(self._view, self._model, lambda row: row.identity, (unit_id, key))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A count that is clicked shows what it counts, that alone; clicked again, all."""
        if isinstance(watched, StateChip) and event.type() == QEvent.Type.MouseButtonRelease:
            self.fold(False)
            kind = next((kind for kind, chip in self._chips.items() if chip is watched), "")
            chosen = self._only_level.findData(kind)
            self._only_level.setCurrentIndex(0 if chosen == self._only_level.currentIndex() else max(0, chosen))
        return super().eventFilter(watched, event)

    def _head(self) -> QHBoxLayout:
        self._fold = QToolButton()
        self._fold.setCheckable(True)
        self._fold.setChecked(True)
        self._fold.setProperty("role", "quiet")
        # Open is the usual state, nothing to be marked; the frame is for the keyboard only.
        self._fold.setStyleSheet("QToolButton:checked:!focus { background: transparent; border-color: transparent; }")
        self._fold.setAccessibleName("展开或收起审核结果")
        self._fold.setToolTip("展开或收起")
        put_icon(self._fold, "chevron-down")
        self._fold.toggled.connect(self._show_folded)
        self._fold.setText("审核")
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.setFont(scaled_font(1.0, bold=True))
        self._chips: dict[Kind, StateChip] = {kind: StateChip() for kind in _COUNTED}
        self._only_block = QCheckBox("只看本组")
        self._only_block.setAccessibleName("只看本组的审核结果")
        self._only_block.toggled.connect(self._show_again)
        row = QHBoxLayout()
        row.setSpacing(GROUP)
        row.addWidget(self._fold)
        self._returned = StateChip()
        self._returned.setVisible(False)
        for chip in (self._returned, *self._chips.values()):
            chip.setCursor(Qt.CursorShape.PointingHandCursor)
            chip.installEventFilter(self)
            row.addWidget(chip)
        self._only_level = QComboBox()
        self._only_level.addItem("全部级别", "")
        for kind, word in LEVELS.items():
            self._only_level.addItem(word, kind)
        self._only_level.currentIndexChanged.connect(self._show_again)
        row.addStretch(1)
        row.addWidget(word_for(self._only_level, "级别(&J)"))
        row.addWidget(self._only_level)
        row.addWidget(self._only_block)
        return row

    def _reason_row(self) -> QWidget:
        self._reason = QLineEdit(maxLength=500, placeholderText=_REASON_HINT)
        self._reason.setAccessibleName("说明")
        self._reason.returnPressed.connect(self._give)
        self._reason.textEdited.connect(lambda: self._wrong.setVisible(False))
        self._save = QPushButton("保存说明", autoDefault=False)
        self._save.clicked.connect(self._give)
        self._withdraw = QPushButton("撤回说明", autoDefault=False)
        self._withdraw.clicked.connect(self._take_back)
        self._wrong.setProperty("role", "wrong")
        self._wrong.setVisible(False)
        self._word = QLabel("说明")
        self._word.setBuddy(self._reason)
        self._editor = QWidget()
        self._editor.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout()
        row.setSpacing(GROUP)
        for widget in (self._word, self._reason, self._save, self._withdraw):
            row.addWidget(widget, 1 if widget is self._reason else 0)
        column = QVBoxLayout(self._editor)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._wrong)
        self._editor.setVisible(False)
        return self._editor

    def _sum_up(self, rows: tuple[FindingRow, ...]) -> None:
        counts = {kind: sum(row.kind == kind and not row.returned for row in rows) for kind in self._chips}
        returned = sum(row.returned for row in rows)
        _say(self._returned, f"退回意见 {returned}", "wrong", sign="undo-2", shown=returned > 0)
        words: dict[Kind, str] = {
            "wrong": "必须改正 {}",
            "due": "请说明 {}",
            "plain": self._unfilled(rows),
            "done": "已说明 {}",
        }
        for kind, chip in self._chips.items():
            if rows or kind != "done":
                _say(chip, words[kind].format(counts[kind]), kind, shown=counts[kind] > 0)
        if not rows:
            _say(self._chips["done"], "没有发现问题", "done", shown=True)

    def _unfilled(self, rows: tuple[FindingRow, ...]) -> str:
        """The own row is no village and is told by itself."""
        units = {row.unit_id for row in rows if row.kind == "plain" and not row.returned}
        villages = units - ({self._state.sheet.township_id} if self._state is not None else set())
        named = (f"{len(villages)} 个村（社区）" if villages else "", "队伍" if units - villages else "")
        return f"未填完 {'、'.join(filter(None, named))}"

    def _show_again(self) -> None:
        if self._state is not None:
            self.show_state(self._state, self._block)

    def _current(self) -> FindingRow | None:
        row = self._view.currentIndex().row()
        return self._model.rows[row] if 0 <= row < len(self._model.rows) else None

    def _lead(self, _index: QModelIndex) -> None:
        row = self._current()
        if row is not None:
            self.chosen.emit(*row.place)

    def _show_reason(self) -> None:
        row = self._current()
        soft = row is not None and (row.kind in ("due", "done") or row.asks_source) and not self.is_folded
        is_open = self._state is not None and not self._state.is_closed
        self._show_whole(row)
        self._editor.setVisible(soft and is_open)
        if row is None or not soft:
            return
        if not self._reason.hasFocus() or row.reason:
            self._reason.setText(row.reason)
        self._withdraw.setVisible(row.kind == "done")
        self._word.setText("来源" if row.asks_source else "说明")
        self._save.setText("注明来源" if row.asks_source else "保存说明")
        self._reason.setPlaceholderText(_SOURCE_HINT if row.asks_source else _REASON_HINT)
        self._wrong.setVisible(False)

    def _show_whole(self, row: FindingRow | None) -> None:
        room = self._view.columnWidth(_SENTENCE) - 2 * GROUP
        is_cut = row is not None and self._view.fontMetrics().horizontalAdvance(row.sentence) > room
        self._whole.setText(row.sentence if row is not None and is_cut else "")
        self._whole.setVisible(is_cut and not self.is_folded)

    def _give(self) -> None:
        row = self._current()
        if row is not None and row.asks_source and self._reason.text().strip():
            self.source_given.emit(self._reason.text())
        elif row is not None and not row.reason and not self._reason.text().strip():
            self.show_refusal("还没有写。请写明后再保存。")
        elif row is not None and row.finding is not None and self._reason.text().strip() != row.reason:
            self.reason_given.emit(row.unit_id, row.finding.key, self._reason.text())

    def _take_back(self) -> None:
        row = self._current()
        if row is not None and row.finding is not None:
            self.reason_given.emit(row.unit_id, row.finding.key, "")

    def _least(self) -> int:
        """The head and a line, at the text size of now."""
        return self._fold.sizeHint().height() + 4 + row_height(self, compact=True)

    def _show_folded(self, is_open: bool) -> None:
        self._view.setVisible(is_open)
        self.setMinimumHeight(self._least() if is_open else 0)
        self.setMaximumHeight(_ANY if is_open else self._fold.sizeHint().height())
        put_icon(self._fold, "chevron-down" if is_open else "chevron-right")
        self._show_reason()
        self.folded.emit(not is_open)


def _say(chip: StateChip, word: str, kind: Kind, *, sign: str = "", shown: bool) -> None:
    """Nothing where it says so already: a chip that is told anything lays out the page anew."""
    if (chip.word, chip.kind) != (word, kind):
        chip.show_state(word, kind, sign=sign)
    chip.setVisible(shown)
