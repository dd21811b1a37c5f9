"""What can be done on the page of units and people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jindu_desk.ui.page_action import Action

if TYPE_CHECKING:
    from jindu_desk.ui.units.page import UnitsPage


def unit_actions(page: UnitsPage) -> tuple[Action, ...]:
    """Those in the page's header."""

    def below_chosen() -> bool | str:
        line = page.line
        if line is None or line.is_own:
            return f"先在左边选一个{page.word}。"
        return True

    def may_end() -> bool | str:
        line = page.line
        if line is not None and line.unit.valid_to:
            return "这个单位已经停用。"
        return below_chosen()

    def may_reopen() -> bool | str:
        line = page.line
        return True if line is not None and line.unit.valid_to else "这个单位没有停用。"

    def has_superior() -> bool | str:
        return True if page.word != "辖市（区）" else "市级没有上级单位。"

    return (
        Action(f"添加{page.word}", page.add_unit, icon="plus", shortcut="Ctrl+N", role="primary"),
        Action("改名…", page.rename_unit, icon="pencil", shortcut="F2", condition=lambda: page.line is not None),
        Action("停用…", page.end_unit, icon="ban", condition=may_end),
        Action("恢复使用", page.reopen_unit, icon="rotate-ccw", role="more", condition=may_reopen),
        Action("上级单位…", page.change_superior, icon="send", role="more", condition=has_superior),
        Action("粘贴单位名单…", page.paste_units, icon="clipboard-paste", role="more"),
        *(
            (Action("粘贴主任名单…", page.paste_directors, icon="clipboard-paste", role="more"),)
            if page.word == "村（社区）"
            else ()
        ),
    )


def people_actions(page: UnitsPage) -> tuple[Action, ...]:
    """Those below the list of people."""

    def chosen() -> bool | str:
        return True if page.person is not None else "先选一个人。"

    return (
        Action("添加人员", page.add_person, icon="user-plus", condition=lambda: page.line is not None),
        Action("修改、离任…", page.edit_person, icon="pencil", condition=chosen),
        Action("删除", page.remove_person, icon="trash-2", condition=chosen, role="danger"),
    )
