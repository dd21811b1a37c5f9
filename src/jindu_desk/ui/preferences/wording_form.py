"""The fields of the papers' wording: the usual stands in them in grey until something is typed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from jindu_desk.errors import DeskError
from jindu_desk.queries.units import UnitRow
from jindu_desk.reports.paper_wording import FIELDS, PaperWording, WordingField, as_typed, checked
from jindu_desk.ui.fields import Field, choice, line_edit, text_edit
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.theme.measures import BETWEEN, scaled_font

_PARTS = (
    ("会议纪要", ("mark", "head", "number_style", "title", "opening", "agenda", "body", "main_to", "copies_to")),
    ("函件、清单和表格", ("office", "signatures")),
)
_HINTS = {
    "title": "{单位} {年} {月} 会换成那次会议的。",
    "opening": "{单位} {年} {月} 会换成那次会议的。",
    "agenda": "一行一项，新会议里已经列好。",
    "body": "开会和印发纪要的单位，印在纪要末页左下角。",
    "main_to": "用顿号隔开。",
    "copies_to": "用顿号隔开，也可以一行一个。",
    "office": "发函件、清单、表格的单位。",
    "signatures": "一行一项，从左到右。",
}
_LINES = {"opening": 5, "agenda": 3, "copies_to": 3, "signatures": 4}


class WordingForm(QWidget):
    """``edited()`` after every change; ``entered(name)`` when the keyboard comes into a field; ``grown()`` when the
    form takes another room."""

    edited = Signal()
    entered = Signal(str)
    grown = Signal()

    def __init__(self) -> None:
        super().__init__()
        known = {spec.name: spec for spec in FIELDS}
        self.fields: dict[str, UsualField] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, BETWEEN, 0)
        column.setSpacing(12)
        for part, names in _PARTS:
            heading = QLabel(part)
            heading.setFont(scaled_font(1.0, bold=True))
            column.addWidget(heading)
            for name in names:
                field = self.fields[name] = UsualField(known[name])
                field.edited.connect(self.edited)
                field.editor.installEventFilter(self)
                column.addWidget(field)
        column.addStretch(1)

    def show_typed(self, unit: UnitRow, usual: PaperWording, typed: Mapping[str, str]) -> None:
        """Fill all fields without telling that they were edited."""
        for name, field in self.fields.items():
            field.show_typed(unit, as_typed(usual, name), typed.get(name, ""))

    def typed(self) -> dict[str, str]:
        """What is set, by the fields' names, without what may not be kept."""
        return {name: text for name, field in self.fields.items() if (text := field.value())}

    def first_wrong(self) -> UsualField | None:
        return next((field for field in self.fields.values() if field.error), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.grown.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            for name, field in self.fields.items():
                if field.editor is watched:
                    self.entered.emit(name)
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QComboBox):
            event.ignore()  # it belongs to the form: scrolling must not change a choice
            return True
        return super().eventFilter(watched, event)


class UsualField(Field[QWidget]):
    """A field of the wording with a way back to the usual. Its `value` is the last text that may be kept."""

    edited = Signal()

    def __init__(self, spec: WordingField) -> None:
        super().__init__(spec.label, _editor_of(spec), hint=_HINTS.get(spec.name, ""))
        self._spec = spec
        self._unit: UnitRow | None = None
        self._usual = self._kept = ""
        self.back = button_for(
            Action("恢复默认", self._go_back, icon="rotate-ccw", tip=f"“{spec.label}”恢复默认", role="link")
        )
        self.back.setAccessibleName(f"{spec.label}：恢复默认")
        keeping = self.back.sizePolicy()
        keeping.setRetainSizeWhenHidden(True)  # else the form jumps with the first letter
        self.back.setSizePolicy(keeping)
        self.back.setVisible(False)
        head = QHBoxLayout()
        head.addWidget(self.label)
        head.addStretch(1)
        head.addWidget(self.back)
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.insertLayout(0, head)
        if isinstance(self.editor, QComboBox):
            self.editor.currentIndexChanged.connect(self._take)
        elif isinstance(self.editor, QLineEdit | QPlainTextEdit):
            self.editor.textChanged.connect(self._take)

    def value(self) -> str:
        """Empty where it is the usual."""
        return self._kept

    def show_typed(self, unit: UnitRow, usual: str, typed: str) -> None:
        self._unit, self._usual, self._kept = unit, usual, typed
        with QSignalBlocker(self.editor):
            if isinstance(self.editor, QComboBox):
                self.editor.setCurrentIndex(max(self.editor.findData(typed or usual), 0))
            elif isinstance(self.editor, QLineEdit | QPlainTextEdit):
                self.editor.setPlaceholderText(usual)
                _write(self.editor, typed)
        self.clear_error()
        self._offer_way_back()

    def _take(self) -> None:
        if self._unit is None:
            return
        text = self.editor.currentData() if isinstance(self.editor, QComboBox) else self.text()
        try:
            kept = checked(self._unit, self._spec, text)
        except DeskError as error:
            self.show_error(str(error))
        else:
            self.clear_error()
            self._kept = "" if kept == self._usual else kept
        self._offer_way_back()
        self.edited.emit()

    def _offer_way_back(self) -> None:
        self.back.setVisible(bool(self._kept) or bool(self.error))

    def _go_back(self) -> None:
        """The keyboard goes into the field: the button goes away."""
        if isinstance(self.editor, QComboBox):
            self.editor.setCurrentIndex(max(self.editor.findData(self._usual), 0))
        elif isinstance(self.editor, QLineEdit | QPlainTextEdit):
            self.editor.clear()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)


def _editor_of(spec: WordingField) -> QComboBox | QLineEdit | QPlainTextEdit:
    if spec.offered:
        box = choice([(word, value) for value, word in spec.offered])
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        return box
    if spec.name in _LINES:
        return text_edit(lines=_LINES[spec.name])
    return line_edit(limit=2 * spec.limit)  # what is too long is told, not cut


def _write(editor: QLineEdit | QPlainTextEdit, text: str) -> None:
    if isinstance(editor, QPlainTextEdit):
        editor.setPlainText(text)
    else:
        editor.setText(text)
        editor.setCursorPosition(0)
