"""Line icons (Lucide, ISC licence beside them), drawn in the colour of the text they stand with.

``put_icon(button, "printer")`` is what screens call; the names are the file names in ``resources/icons``.
No icon stands without a word, except ◂ ▸ and × buttons, which have an accessible name and a tooltip.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from jindu_desk.paths import resource
from jindu_desk.ui.theme.measures import ICON
from jindu_desk.ui.theme.tokens import Kind, tokens_of

_NAME = "icon_name"
_AIR = 4
_FADED = 0.4


def put_icon(target: QAbstractButton | QAction, name: str) -> None:
    """Give a button or action the icon ``name`` in its own text colour; `retint` follows a change of theme."""
    target.setProperty(_NAME, name)
    if isinstance(target, QAction):
        parent = target.parent()
        if isinstance(parent, QWidget):
            target.setIcon(icon(name, tokens_of(parent).text, disabled=tokens_of(parent).muted))
        return
    tokens = tokens_of(target)
    match target.property("role"):
        case "primary":
            colour = tokens.on_accent
        case "danger":
            colour = tokens.wrong
        case "link":
            colour = tokens.accent
        case _:
            colour = tokens.text
    # Styled push buttons leave no air between icon and word; tool buttons do.
    air = _AIR if isinstance(target, QPushButton) and target.text() else 0
    target.setIcon(icon(name, colour, ICON, air, tokens.muted))
    target.setIconSize(QSize(ICON + air, ICON))


def retint(root: QWidget) -> None:
    """Draw the icons of all buttons and actions below ``root`` anew, after the theme changed."""
    for button in root.findChildren(QAbstractButton):
        if name := button.property(_NAME):
            put_icon(button, str(name))
    for action in root.findChildren(QAction):
        if name := action.property(_NAME):
            put_icon(action, str(name))


@lru_cache(maxsize=512)
def icon(name: str, colour: str, size: int = ICON, air: int = 0, disabled: str = "") -> QIcon:
    """The icon in ``colour`` (#RRGGBB), sharp on every screen this PC has; ``air`` pixels are left free beside it.

    ``disabled`` is the colour of the word beside it where nothing can be done; without one the icon is only faded."""
    made = QIcon()
    for ratio in {1.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}:
        plain = _drawn(name, QColor(colour), size, ratio, air)
        made.addPixmap(plain, QIcon.Mode.Normal)
        made.addPixmap(plain, QIcon.Mode.Selected)
        off = _drawn(name, QColor(disabled), size, ratio, air) if disabled else _faded(plain)
        made.addPixmap(off, QIcon.Mode.Disabled)
    return made


def _drawn(name: str, colour: QColor, size: int, ratio: float, air: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    outline = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(outline.replace("currentColor", colour.name()).encode()))
    pixmap = QPixmap(round((size + air) * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _faded(plain: QPixmap) -> QPixmap:
    faded = QPixmap(plain.size())
    faded.setDevicePixelRatio(plain.devicePixelRatio())
    faded.fill(Qt.GlobalColor.transparent)
    painter = QPainter(faded)
    painter.setOpacity(_FADED)
    painter.drawPixmap(0, 0, plain)
    painter.end()
    return faded


class IconSign(QWidget):
    """A small icon beside a word, in the colour of its kind; it is silent for a screen reader."""

    def __init__(self, name: str, kind: Kind | None = None, size: int = ICON, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._kind, self._size = name, kind, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(size, size)

    def show_sign(self, name: str, kind: Kind | None) -> None:
        self._name, self._kind = name, kind
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        colour = tokens.of(self._kind).name() if self._kind else tokens.text
        painter = QPainter(self)
        icon(self._name, colour, self._size).paint(painter, self.rect())
        painter.end()
