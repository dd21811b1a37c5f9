"""What can be done on a page, declared: label, condition, operation. The page's `actions.py` lists them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton

from jindu_desk.ui.lent_focus import set_enabled
from jindu_desk.ui.theme.icons import put_icon


def always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the user can do.

    ``operation`` is called with no arguments on the window thread; it starts work, it does not wait for it.
    ``condition`` gives True, or False, or the sentence why it cannot be done now (shown as the button's tooltip).
    ``shortcut`` as Qt writes it, e.g. ``"Ctrl+N"`` or ``"F6"``. ``role``: one ``primary`` per page; ``secondary``
    stands beside it; ``danger`` is what loses something; ``more`` goes into the … menu.
    """

    label: str
    operation: Callable[[], object]
    icon: str = ""
    shortcut: str = ""
    condition: Callable[[], bool | str] = always
    tip: str = ""
    role: Literal["primary", "secondary", "danger", "more", "link"] = "secondary"

    def refusal(self) -> str | None:
        """None if it can be done now, else why not (may be empty)."""
        answer = self.condition()
        if isinstance(answer, str):
            return answer or None
        return None if answer else ""

    def hint(self) -> str:
        """The tooltip: the tip and the keys."""
        keys = QKeySequence(self.shortcut).toString(QKeySequence.SequenceFormat.NativeText) if self.shortcut else ""
        said = self.tip or self.label
        return f"{said}（{keys}）" if keys else said


def button_for(action: Action) -> QPushButton:
    """A button that carries out ``action``; `apply_condition` enables or disables it."""
    button = QPushButton(action.label)
    button.setProperty("role", action.role)
    button.setAccessibleName(action.label)
    button.setAutoDefault(False)
    if action.icon:
        put_icon(button, action.icon)
    if action.shortcut:
        # A button's own shortcut clicks a tenth of a second later: whoever types on quickly is elsewhere by then.
        QShortcut(QKeySequence(action.shortcut), button).activated.connect(button.click)
    button.clicked.connect(partial(_carry_out, action))
    apply_condition(button, action)
    return button


def _carry_out(action: Action, _checked: bool = False) -> None:
    action.operation()


def apply_condition(button: QPushButton, action: Action) -> None:
    """Enable the button, or disable it and say why."""
    show_refusal(button, action, action.refusal())


def show_refusal(button: QPushButton, action: Action, refusal: str | None) -> None:
    """As `Action.refusal` answered."""
    set_enabled(button, refusal is None)
    button.setToolTip(refusal or action.hint())
