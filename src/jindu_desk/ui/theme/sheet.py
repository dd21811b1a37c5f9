"""The palette and the small style sheet, both made of tokens and nothing else."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from jindu_desk.paths import resource
from jindu_desk.ui.theme.tokens import Tokens


def palette_of(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(tokens.surface), QColor(tokens.ground))
    for part, colour in (
        (role.Window, tokens.ground),
        (role.WindowText, tokens.text),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.locked),
        (role.Text, tokens.text),
        (role.Button, tokens.surface),
        (role.ButtonText, tokens.text),
        (role.BrightText, tokens.wrong),
        (role.Highlight, tokens.selection),
        (role.HighlightedText, tokens.text),
        (role.Accent, tokens.accent),
        (role.Link, tokens.accent),
        (role.LinkVisited, tokens.accent),
        (role.PlaceholderText, tokens.muted),
        (role.ToolTipBase, tokens.surface),
        (role.ToolTipText, tokens.text),
        (role.Light, tokens.surface),
        (role.Midlight, tokens.locked),
        (role.Mid, tokens.line),
        (role.Dark, tokens.muted),
        (role.Shadow, tokens.line),
    ):
        palette.setColor(part, QColor(colour))
    faded = QColor(tokens.muted)
    faded.setAlphaF(0.75)
    for part in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, part, faded)
    return palette


def style_sheet(tokens: Tokens, *, native: bool) -> str:
    """Roles (cards, primary buttons, the frame) everywhere; flat buttons and fields only where Fusion draws."""
    return _ROLES % _names(tokens) + ("" if native else _FLAT % _names(tokens))


def _names(tokens: Tokens) -> dict[str, str]:
    named = {part: str(getattr(tokens, part)) for part in Tokens.__slots__}
    tick = "check-on-light.svg" if tokens.on_accent == "#FFFFFF" else "check-on-dark.svg"
    return named | {
        "chevron": resource("icons", "chevron-down-grey.svg").as_posix(),
        "tick": resource("icons", tick).as_posix(),
    }


_ROLES = """
QDialogButtonBox, QMessageBox { dialogbuttonbox-buttons-have-icons: 0; }
#context_bar, #navigation_panel, #foot { background: %(surface)s; }
#context_bar { border-bottom: 1px solid %(line)s; }
#navigation_panel { border-right: 1px solid %(line)s; }
#foot { border-top: 1px solid %(line)s; }
#navigation { background: %(surface)s; border: none; outline: none; }
#navigation::item { padding-left: 10px; border-left: 3px solid transparent; color: %(text)s; }
#navigation::item:hover { background: %(locked)s; }
#navigation::item:selected { background: %(info_soft)s; border-left: 3px solid %(accent)s; color: %(text)s; }
QFrame[role="card"] { background: %(surface)s; border: 1px solid %(line)s; border-radius: 4px; }
QFrame[role="card"][opens="true"]:hover { border-color: %(accent)s; }
QFrame[role="line"] { background: %(line)s; border: none; max-height: 1px; min-height: 1px; }
QLabel[role="muted"] { color: %(muted)s; }
QLabel[role="wrong"] { color: %(wrong)s; }
QLabel[role="done"] { color: %(done)s; }
QLabel[role="due"] { color: %(due)s; }
QPushButton[role="primary"] {
    background: %(accent)s; color: %(on_accent)s; border: 1px solid %(accent)s; border-radius: 4px; padding: 6px 16px;
}
QPushButton[role="primary"]:hover { background: %(accent_hover)s; border-color: %(accent_hover)s; }
QPushButton[role="primary"]:focus { border: 2px solid %(text)s; padding: 5px 15px; }
QPushButton[role="primary"]:disabled { background: %(locked)s; color: %(muted)s; border-color: %(line)s; }
QToolButton[role="quiet"] {
    border: 1px solid transparent; border-radius: 4px; padding: 4px 6px; background: transparent;
}
QToolButton[role="quiet"]:hover { background: %(locked)s; }
QToolButton[role="quiet"]:focus { border-color: %(accent)s; }
QToolButton[role="quiet"]:checked { background: %(info_soft)s; border-color: %(accent)s; }
QToolButton[role="quiet"]::menu-indicator { image: none; }
QToolTip { background: %(surface)s; color: %(text)s; border: 1px solid %(line)s; padding: 4px; }
"""

_FLAT = """
QPushButton {
    background: %(surface)s; color: %(text)s; border: 1px solid %(line)s; border-radius: 4px; padding: 6px 14px;
}
QPushButton:hover { background: %(locked)s; }
QPushButton:focus { border: 1px solid %(accent)s; }
QPushButton:pressed { background: %(selection)s; }
QPushButton:disabled { color: %(muted)s; background: %(ground)s; }
QPushButton[role="danger"]:enabled { color: %(wrong)s; border-color: %(wrong)s; }
QPushButton[role="link"] {
    color: %(accent)s; border: 1px solid transparent; background: transparent; padding: 4px 4px;
}
QPushButton[role="link"]:hover { background: %(info_soft)s; }
QPushButton[role="link"]:focus { border-color: %(accent)s; }
QPushButton::menu-indicator { image: url(%(chevron)s); width: 14px; subcontrol-position: right center; right: 6px; }
QLineEdit, QPlainTextEdit, QTextEdit {
    background: %(surface)s; color: %(text)s; border: 1px solid %(line)s; border-radius: 4px; padding: 4px 6px;
    selection-background-color: %(selection)s; selection-color: %(text)s;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border-color: %(accent)s; }
QLineEdit:disabled, QLineEdit:read-only, QPlainTextEdit:read-only { background: %(locked)s; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] { border-color: %(wrong)s; }
QComboBox {
    background: %(surface)s; color: %(text)s; border: 1px solid %(line)s; border-radius: 4px; padding: 4px 8px;
}
QComboBox:focus { border-color: %(accent)s; }
QComboBox:disabled { background: %(locked)s; color: %(muted)s; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url(%(chevron)s); width: 16px; height: 16px; }
QComboBox QLineEdit { border: none; padding: 0; }
QAbstractItemView QLineEdit { border-radius: 0; padding: 0 4px; border-color: %(accent)s; }
QTableView, QTreeView, QListView {
    background: %(surface)s; border: 1px solid %(line)s; border-radius: 4px; gridline-color: %(line)s;
    selection-background-color: %(selection)s; selection-color: %(text)s; outline: 1px solid %(accent)s;
}
QTableView[role="rows"]::item { padding: 0 7px; }
QHeaderView { background: %(surface)s; border: none; }
QHeaderView::section {
    background: %(surface)s; color: %(muted)s; border: none; border-bottom: 1px solid %(line)s;
    padding: 5px 8px;
}
QTableCornerButton::section { background: %(surface)s; border: none; border-bottom: 1px solid %(line)s; }
QTabBar::tab {
    background: transparent; color: %(muted)s; padding: 7px 14px; border: none; border-bottom: 2px solid transparent;
}
QTabBar::tab:hover { color: %(text)s; }
QTabBar::tab:selected { color: %(accent)s; border-bottom-color: %(accent)s; }
QTabBar::scroller { width: 48px; }
QTabBar::tab:focus { background: %(info_soft)s; }
QTabWidget::pane { border: none; border-top: 1px solid %(line)s; }
QScrollArea, QScrollArea > QWidget > QWidget#page { border: none; background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: %(line)s; border-radius: 4px; min-height: 28px; min-width: 28px; margin: 1px; }
QScrollBar::handle:hover { background: %(muted)s; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QSplitter::handle { background: transparent; }
QMenu { background: %(surface)s; border: 1px solid %(line)s; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: %(selection)s; color: %(text)s; }
QMenu::item:disabled { color: %(muted)s; }
QMenu::separator { height: 1px; background: %(line)s; margin: 4px 8px; }
QCheckBox, QRadioButton { spacing: 8px; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
    width: 15px; height: 15px; border: 1px solid %(muted)s; background: %(surface)s;
}
QCheckBox::indicator, QAbstractItemView::indicator { border-radius: 3px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
    background: %(accent)s; border-color: %(accent)s; image: url(%(tick)s);
}
QRadioButton::indicator:checked { border: 5px solid %(accent)s; width: 7px; height: 7px; background: %(on_accent)s; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: %(accent)s; }
QCheckBox:focus, QRadioButton:focus { color: %(accent)s; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: %(locked)s; border-color: %(line)s; }
QProgressBar { background: %(locked)s; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: %(accent)s; border-radius: 3px; }
"""
