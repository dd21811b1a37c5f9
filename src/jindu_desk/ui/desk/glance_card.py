"""A card of the desk: one large figure, a thin bar or a sparkline, one sentence on what is next, one button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from jindu_desk.ui.cards import Card
from jindu_desk.ui.chips import StateChip
from jindu_desk.ui.meters import Sparkline, ThinBar
from jindu_desk.ui.theme.measures import FIGURE, GROUP, scaled_font
from jindu_desk.ui.theme.tokens import Kind


@dataclass(frozen=True, slots=True)
class Glance:
    """What one card shows. ``share`` fills the bar (None: not known), ``mark`` is a line on it; ``trend`` draws a
    sparkline instead, oldest first."""

    figure: str
    unit: str
    sentence: str
    button: str
    screen: str
    chip: tuple[str, Kind] | None = None
    share: float | None = None
    mark: float | None = None
    kind: Kind = "info"
    trend: Sequence[float | None] = ()


class GlanceCard(Card):
    """``go(screen)`` is called when the button is pressed."""

    def __init__(self, title: str, icon: str, go: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(title, icon=icon, parent=parent)
        self._go = go
        self._screen = ""
        self.chip = StateChip()
        policy = self.chip.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # so that the figures of all cards stand in one line
        self.chip.setSizePolicy(policy)
        self.head.addWidget(self.chip)
        self.figure = QLabel("—")
        self.figure.setFont(scaled_font(FIGURE, tabular=True))
        self.figure.setTextFormat(Qt.TextFormat.RichText)
        self._bar = ThinBar(title)
        self._line = Sparkline(f"{title}，近 12 个月")
        self.sentence = QLabel()
        self.sentence.setProperty("role", "muted")
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.sentence.setMinimumHeight(2 * self.sentence.fontMetrics().lineSpacing())
        self.button = QPushButton()
        self.button.clicked.connect(lambda: self._go(self._screen))
        self.body.setSpacing(GROUP)
        self.body.addWidget(self.figure)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._line)
        self.body.addWidget(self.sentence, 1)
        self.body.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignLeft)
        self.chip.setVisible(False)
        self._line.setVisible(False)
        self.button.setVisible(False)

    def show_glance(self, glance: Glance) -> None:
        small = f'<span style="font-size:{self.font().pointSizeF()}pt"> {glance.unit}</span>' if glance.unit else ""
        self.figure.setText(f"{glance.figure}{small}")
        self.figure.setAccessibleName(f"{self.title.text()}：{glance.figure}{glance.unit}")
        self.chip.setVisible(glance.chip is not None)
        if glance.chip is not None:
            self.chip.show_state(*glance.chip)
        self._line.setVisible(bool(glance.trend))
        policy = self._bar.sizePolicy()
        policy.setRetainSizeWhenHidden(not glance.trend)  # nor do the sentences move where there is nothing to measure
        self._bar.setSizePolicy(policy)
        self._bar.setVisible(not glance.trend and (glance.share is not None or glance.mark is not None))
        self._line.show_values(glance.trend)
        self._bar.show_share(glance.share, mark=glance.mark, kind=glance.kind)
        self.sentence.setText(glance.sentence)
        self.button.setText(glance.button)
        self.button.setAccessibleName(f"{self.title.text()}：{glance.button}")
        self.button.setVisible(bool(glance.button))
        self._screen = glance.screen
