"""Step 3: the villages of a township (the townships of a district): ticked, added, renamed or pasted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout

from jindu_desk.domain.free_text import clean_text
from jindu_desk.domain.units import Tier, new_unit_id
from jindu_desk.errors import DeskError
from jindu_desk.errors.units import NoUnitsBelow, UnitNameTaken
from jindu_desk.operations.units import UnitDraft
from jindu_desk.ui.fields import Field, line_edit, text_edit
from jindu_desk.ui.first_start.answers import BELOW_WORD, Answers
from jindu_desk.ui.first_start.step import Step
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.pasted_names import names_in
from jindu_desk.ui.theme.measures import BETWEEN, GROUP, row_height

_DRAFT = Qt.ItemDataRole.UserRole


class BelowStep(Step):
    word = "下级单位"

    def __init__(self) -> None:
        super().__init__("", "勾选本单位下属的全部单位。双击（或按 F2）可以改名；没有列出的在右边添加，每行一个。")
        self._tier = Tier.VILLAGE
        self.list = QListWidget()
        self.list.setAccessibleName("下级单位")
        self.list.itemChanged.connect(lambda _item: self._count())
        self._counted = QLabel()
        self._counted.setProperty("role", "muted")
        self._problem = QLabel()
        self._problem.setProperty("role", "wrong")
        self._problem.setWordWrap(True)
        left = QHBoxLayout()
        left.setSpacing(GROUP)
        left.addWidget(self._counted)
        left.addStretch(1)
        left.addWidget(button_for(Action("全选", lambda: self._tick(True), role="link")))
        left.addWidget(button_for(Action("全不选", lambda: self._tick(False), role="link")))
        self.one = Field("添加一个", line_edit(limit=60))
        self.one.editor.returnPressed.connect(self._add_one)
        self._add = QPushButton("添加")
        self._add.clicked.connect(self._add_one)
        self.many = Field("粘贴名单（每行一个）", text_edit(lines=6))
        self._add_many = QPushButton("全部添加")
        self._add_many.clicked.connect(self._add_pasted)
        side = QHBoxLayout()
        side.setSpacing(BETWEEN)
        listed = QVBoxLayout()
        listed.setSpacing(GROUP)
        listed.addWidget(self.list, 1)
        listed.addLayout(left)
        adding = QVBoxLayout()
        adding.setSpacing(GROUP)
        adding.addWidget(self.one)
        adding.addWidget(self._add, alignment=Qt.AlignmentFlag.AlignLeft)
        adding.addSpacing(GROUP)
        adding.addWidget(self.many)
        adding.addWidget(self._add_many, alignment=Qt.AlignmentFlag.AlignLeft)
        adding.addStretch(1)
        side.addLayout(listed, 3)
        side.addLayout(adding, 2)
        self.body.addLayout(side, 1)
        self.body.addWidget(self._problem)
        self._say("")

    def enter(self, answers: Answers) -> None:
        below = answers.tier.below or Tier.VILLAGE
        word = BELOW_WORD[answers.tier]
        self._tier = below
        self.title.setText(f"{answers.own.name if answers.own else ''}有哪些{word}？")
        self.list.setAccessibleName(word)
        self.list.blockSignals(True)
        self.list.clear()
        for draft in answers.below or ():
            self._put(draft)
        self.list.blockSignals(False)
        self._say("")
        self._count()

    def focus_first(self) -> None:
        if self.list.count():
            self.list.setCurrentRow(max(self.list.currentRow(), 0))
        (self.list if self.list.count() else self.one).setFocus()

    def leave(self, answers: Answers) -> Answers:
        """Those that are ticked, in the order shown."""
        drafts: list[UnitDraft] = []
        try:
            for item in self._ticked():
                draft: UnitDraft = item.data(_DRAFT)
                name = clean_text(item.text(), BELOW_WORD[answers.tier], limit=60, required=True)
                if any(other.name == name for other in drafts):
                    raise UnitNameTaken(name=name)
                initials = draft.initials if name == draft.name else ""
                # Its identity from here on: a director can be named for it before it is on record.
                drafts.append(replace(draft, id=draft.id or new_unit_id(), name=name, initials=initials))
            if not drafts:
                raise NoUnitsBelow
        except DeskError as error:
            self._say(str(error))
            self.focus_first()
            raise
        return replace(answers, below=tuple(drafts))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds what is typed; it must not go on to the next step as well."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.one.editor.hasFocus():
            event.accept()
        else:
            super().keyPressEvent(event)

    def _add_one(self) -> None:
        if self._add_names([self.one.text()], self.one.show_error):
            self.one.editor.clear()
        self.one.setFocus()

    def _add_pasted(self) -> None:
        if self._add_names(names_in(self.many.text()), self.many.show_error):
            self.many.editor.clear()

    def _add_names(self, names: list[str], tell: Callable[[str], None]) -> bool:
        """Add those that are not listed yet; the faulty ones are told below their field."""
        try:
            cleaned = [clean_text(name, "单位名称", limit=60) for name in names]
        except DeskError as error:
            tell(str(error))
            return False
        listed = {self.list.item(row).text() for row in range(self.list.count())}
        for name in cleaned:
            if name and name not in listed:
                self._put(UnitDraft(name=name, tier=self._tier))
                listed.add(name)
        self._count()
        self.list.scrollToBottom()
        return True

    def _put(self, draft: UnitDraft) -> None:
        item = QListWidgetItem(draft.name, self.list)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEditable)
        item.setCheckState(Qt.CheckState.Checked)
        item.setData(_DRAFT, draft)
        item.setSizeHint(QSize(0, row_height(self, compact=True)))

    def _ticked(self) -> list[QListWidgetItem]:
        items = [self.list.item(row) for row in range(self.list.count())]
        return [item for item in items if item.checkState() == Qt.CheckState.Checked]

    def _tick(self, ticked: bool) -> None:
        for row in range(self.list.count()):
            self.list.item(row).setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def _count(self) -> None:
        self._counted.setText(f"已勾选 {len(self._ticked())} 个，共 {self.list.count()} 个")

    def _say(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
