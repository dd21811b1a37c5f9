"""A list of cards that can be added to, removed and moved: agenda items and decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.theme.icons import put_icon
from jindu_desk.ui.theme.measures import GROUP, scaled_font


class ItemCard(QFrame):
    """A numbered card. Its ``content`` is the form inside; the buttons move and remove it."""

    def __init__(self, word: str, content: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.content, self._word = content, word
        self.title = QLabel()
        self.title.setFont(scaled_font(1.0, bold=True))
        self.up = _tool("chevron-left", "上移")
        self.up.setText("上移")
        self.down = _tool("chevron-right", "下移")
        self.down.setText("下移")
        self.away = _tool("trash-2", "移除")
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.title)
        head.addStretch(1)
        for button in (self.up, self.down, self.away):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setSpacing(GROUP)
        column.addLayout(head)
        column.addWidget(content)

    def show_place(self, number: int, last: int, *, read_only: bool) -> None:
        self.title.setText(f"{self._word}{number}")
        self.setAccessibleName(f"{self._word}{number}")
        self.up.setVisible(not read_only and number > 1)
        self.down.setVisible(not read_only and number < last)
        self.away.setVisible(not read_only)
        for button, verb in ((self.up, "上移"), (self.down, "下移"), (self.away, "移除")):
            button.setAccessibleName(f"{verb}{self._word}{number}")


F = TypeVar("F", bound=QWidget)
T = TypeVar("T")


class ItemList(QWidget, Generic[F]):
    """Cards one below the other. ``make()`` gives an empty form; the section fills and reads it."""

    edited = Signal()
    added = Signal(QWidget)

    def __init__(self, word: str, add_label: str, none_text: str, make: Callable[[], F]) -> None:
        super().__init__()
        self._word, self._make, self._read_only = word, make, False
        self.cards: list[tuple[ItemCard, F]] = []
        self._none = QLabel(none_text)
        self._none.setProperty("role", "muted")
        self.add_button = button_for(Action(add_label, self._add_typed, icon="plus", role="link"))
        self._cards = QVBoxLayout()
        self._cards.setSpacing(GROUP)
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(self._none)
        column.addLayout(self._cards)
        column.addLayout(foot)

    def show_items(self, items: Sequence[T], fill: Callable[[F, T], None], *, read_only: bool) -> Iterator[None]:
        """One form for each of ``items``, filled by ``fill``; a step of the iterator makes one."""
        self._read_only = read_only
        for card, _ in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = []
        self.add_button.setVisible(not read_only)
        for item in items:
            fill(self._append(), item)
            yield
        self._show_places()

    @property
    def forms(self) -> tuple[F, ...]:
        return tuple(form for _, form in self.cards)

    def _append(self) -> F:
        form = self._make()
        card = ItemCard(self._word, form)
        card.up.clicked.connect(lambda: self._move(card, -1))
        card.down.clicked.connect(lambda: self._move(card, 1))
        card.away.clicked.connect(lambda: self._remove(card))
        self._cards.addWidget(card)
        self.cards.append((card, form))
        return form

    def _add_typed(self) -> None:
        form = self._append()
        self._show_places()
        self.edited.emit()
        form.setFocus()
        self.added.emit(self.cards[-1][0])

    def _move(self, card: ItemCard, step: int) -> None:
        at = self._at(card)
        self.cards.insert(at + step, self.cards.pop(at))
        self._cards.removeWidget(card)
        self._cards.insertWidget(at + step, card)
        self._show_places()
        self.edited.emit()

    def _remove(self, card: ItemCard) -> None:
        self.cards.pop(self._at(card))
        card.hide()
        card.deleteLater()
        self._show_places()
        self.edited.emit()

    def _at(self, card: ItemCard) -> int:
        return [each for each, _ in self.cards].index(card)

    def _show_places(self) -> None:
        for number, (card, _) in enumerate(self.cards, 1):
            card.show_place(number, len(self.cards), read_only=self._read_only)
        self._none.setVisible(not self.cards)


def _tool(icon_name: str, word: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("role", "quiet")
    button.setToolTip(word)
    if word == "移除":
        put_icon(button, icon_name)
    return button
