"""Forms about people in office: one person, or the directors of many villages pasted at once."""

from __future__ import annotations

from collections.abc import Callable

from jindu_desk.domain.changes import Changes
from jindu_desk.domain.free_text import clean_text
from jindu_desk.domain.units import Role, Tier
from jindu_desk.errors.entry import NotADate
from jindu_desk.operations.units import OfficialDraft, add_official, change_official
from jindu_desk.queries.units import OfficialRow, UnitRow
from jindu_desk.ui.date_field import DateField
from jindu_desk.ui.entry_panel import EntryPanel
from jindu_desk.ui.fields import choice, line_edit, text_edit
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.units.rows import ROLE_WORD

Then = Callable[[Changes], object]


def roles_of(tier: Tier) -> tuple[Role, ...]:
    """The roles that people of a unit of ``tier`` can have."""
    if tier is Tier.VILLAGE:
        return (Role.VILLAGE_DIRECTOR, Role.OBSERVER)
    return tuple(role for role in Role if role is not Role.VILLAGE_DIRECTOR)


def official_form(shell: Shell, unit: UnitRow, official: OfficialRow | None, then: Then) -> EntryPanel:
    """Add a person of ``unit``, or correct ``official``."""
    title = f"{unit.name}：添加人员" if official is None else f"{unit.name}：修改“{official.name}”"
    panel = EntryPanel(title, columns=3)
    options = [(ROLE_WORD[role], role) for role in roles_of(unit.tier)]
    role = panel.form.add("职责", choice(options, chosen=official.role if official else None), required=True)
    name = panel.form.add("姓名", line_edit(limit=60, text=official.name if official else ""), required=True)
    post = panel.form.add("职务", line_edit(text=official.post if official else ""))
    since = panel.form.add(
        "任职日期", DateField(official.since if official else None), hint="用于两年期限（第二十五条）"
    )
    until = panel.form.add("离任日期", DateField(official.until if official else None), hint="在任的不填")

    def save() -> None:
        try:
            begun = since.editor.value()
        except NotADate as error:
            since.show_error(str(error))
            return
        try:
            left = until.editor.value()
        except NotADate as error:
            until.show_error(str(error))
            return
        draft = OfficialDraft(
            unit.id,
            role.editor.currentData(),
            clean_text(name.text(), "姓名", limit=60, required=True),
            clean_text(post.text(), "职务", limit=200),
            begun,
            left,
        )

        def write() -> Changes:
            if official is None:
                return add_official(shell.desk.store, draft)
            return change_official(shell.desk.store, official.id, draft)

        shell.carry_out(write, said=f"已保存“{draft.name}”", then=then, failed=panel.failed)

    panel.on_save(save)
    return panel


def directors_form(
    shell: Shell, villages: tuple[UnitRow, ...], known: frozenset[tuple[str, str]], then: Then
) -> EntryPanel:
    """Directors pasted from a list: village, name and, if there is one, post per line. ``known``: (unit id, name)."""
    panel = EntryPanel("粘贴村（居）委会主任名单", verb="全部添加")
    pasted = panel.form.add(
        "每行：村（社区）、姓名、职务，用制表符、逗号或空格隔开",
        text_edit(lines=7),
        hint="从表格里复制三列粘贴即可",
        required=True,
    )

    def save() -> None:
        drafts, unknown = directors_in(pasted.text(), villages)
        fresh = [draft for draft in drafts if (draft.unit_id, draft.name) not in known]
        if unknown:
            pasted.show_error(f"这些行认不出单位或姓名，请改正：{'；'.join(unknown[:5])}")
            return
        if not fresh:
            pasted.show_error("没有新的人员：名单是空的，或都已经有了。")
            return

        def add_all() -> Changes:
            changes = add_official(shell.desk.store, fresh[0])
            for draft in fresh[1:]:
                changes |= add_official(shell.desk.store, draft)
            return changes

        shell.carry_out(add_all, said=f"已添加 {len(fresh)} 位主任", then=then, failed=panel.failed)

    panel.on_save(save)
    return panel


def directors_in(text: str, villages: tuple[UnitRow, ...]) -> tuple[list[OfficialDraft], list[str]]:
    """The directors in a pasted list, and the lines that could not be read.

    A village is known by its name, or by the beginning of it where only one begins so (叶家村 → 叶家村村委会).
    """
    drafts: list[OfficialDraft] = []
    unknown: list[str] = []
    for line in (line.strip() for line in text.splitlines()):
        if not line:
            continue
        parts = [part for part in line.translate(_GAPS).split() if part]
        found = [unit for unit in villages if unit.name == parts[0]] or [
            unit for unit in villages if unit.name.startswith(parts[0])
        ]
        if len(found) != 1 or len(parts) < 2:
            unknown.append(line[:30])
            continue
        name = clean_text(parts[1], "姓名", limit=60, required=True)
        post = clean_text("".join(parts[2:]), "职务", limit=200)
        drafts.append(OfficialDraft(found[0].id, Role.VILLAGE_DIRECTOR, name, post))
    return drafts, unknown


_GAPS = str.maketrans(dict.fromkeys("\t,，;；、　", " "))
