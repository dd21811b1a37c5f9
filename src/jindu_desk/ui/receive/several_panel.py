"""Several chosen packages in the side panel: what they are, and accepting those that can be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jindu_desk.ui.page_action import Action
from jindu_desk.ui.receive.rows import FileRow
from jindu_desk.ui.receive.texts import lines_below, wrapped
from jindu_desk.ui.receive.words import content_word, verdict_words
from jindu_desk.ui.side_panel import PanelContent


class SeveralPanel(PanelContent):
    """``accept(rows)`` gets those that count and are not accepted yet."""

    def __init__(self, rows: Sequence[FileRow], accept: Callable[[Sequence[FileRow]], object]) -> None:
        super().__init__(f"选中 {len(rows)} 份")
        self.rows = tuple(rows)
        good = tuple(row for row in rows if row.can_be_accepted)
        rest = tuple(row for row in rows if not row.can_be_accepted)
        if good:
            self.column.addWidget(lines_below(f"可以认可 {len(good)} 份", [_line(row) for row in good]))
        if rest:
            self.column.addWidget(
                lines_below(f"不在此列 {len(rest)} 份", [f"{_line(row)}（{verdict_words(row)[0]}）" for row in rest])
            )
        self.column.addWidget(wrapped("认可以后，随下一份回执告诉对方；看错了的，可以逐份撤回。", role="muted"))
        self.column.addStretch(1)
        self.actions_shown = (
            Action(
                f"认可这 {len(good)} 份",
                lambda: accept(good),
                "check",
                condition=lambda: True if good else "选中的里面没有等着认可的上报包。",
                role="primary",
            ),
            Action("关闭", self.closing.emit),
        )

    def take_focus(self) -> None:
        """The list keeps the keyboard."""


def _line(row: FileRow) -> str:
    number = f"第 {row.number} 号" if row.number else ""
    return " ".join(filter(None, (row.from_unit or row.file_name, content_word(row), number)))
