"""Forms about units: add, rename from a month on, end, paste many."""

from __future__ import annotations

from collections.abc import Callable

from jindu_desk.domain.changes import Changes
from jindu_desk.domain.free_text import clean_text
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.operations.units import UnitDraft, add_unit, end_unit, rename_unit, report_to
from jindu_desk.queries.shipped_units import shipped_units
from jindu_desk.queries.units import UnitRow
from jindu_desk.ui.entry_panel import EntryPanel
from jindu_desk.ui.fields import Field, choice, line_edit, text_edit
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.month_field import MonthField
from jindu_desk.ui.pasted_names import names_in
from jindu_desk.ui.units.rows import UnitsView

Then = Callable[[Changes], object]


def add_form(shell: Shell, own: UnitRow, word: str, then: Then) -> EntryPanel:
    panel = EntryPanel(f"添加{word}", verb="添加", columns=2)
    name = panel.form.add("名称", line_edit(limit=60), required=True)
    since = panel.form.add("从哪个月起", MonthField(shell.month), hint="这个月起出现在台账里", required=True)

    def save() -> None:
        draft = UnitDraft(name=clean_text(name.text(), "名称", limit=60, required=True), tier=_below(own))
        month = since.editor.value()
        shell.carry_out(
            lambda: add_unit(shell.desk.store, draft, own.id, month),
            said=f"已添加“{draft.name}”",
            then=then,
            failed=panel.failed,
        )

    panel.on_save(save)
    return panel


def paste_form(shell: Shell, own: UnitRow, word: str, known: frozenset[str], then: Then) -> EntryPanel:
    """Names that are there already are passed over; the notice says how many came in."""
    panel = EntryPanel(f"粘贴{word}名单", verb="全部添加")
    names = panel.form.add("名单（每行一个，已有的跳过）", text_edit(lines=6), required=True)
    since = panel.form.add("从哪个月起", MonthField(shell.month), required=True)

    def save() -> None:
        wanted = [clean_text(name, "名称", limit=60) for name in names_in(names.text())]
        fresh = [UnitDraft(name=name, tier=_below(own)) for name in wanted if name not in known]
        month = since.editor.value()
        if not fresh:
            names.show_error("没有新的名称：名单是空的，或都已经有了。")
            return

        def add_all() -> Changes:
            changes = add_unit(shell.desk.store, fresh[0], own.id, month)
            for draft in fresh[1:]:
                changes |= add_unit(shell.desk.store, draft, own.id, month)
            return changes

        shell.carry_out(add_all, said=f"已添加 {len(fresh)} 个{word}", then=then, failed=panel.failed)

    panel.on_save(save)
    return panel


def rename_form(shell: Shell, unit: UnitRow, *, is_own: bool, then: Then) -> EntryPanel:
    panel = EntryPanel(f"“{unit.name}”改名", columns=3)
    name = panel.form.add("新名称", line_edit(limit=60, text=unit.name), required=True)
    initials = panel.form.add("拼音首字母", line_edit(limit=20, text=unit.initials), hint="用来快速查找")
    since = panel.form.add("从哪个月起", MonthField(shell.month), hint="以前的文件仍用旧名", required=True)

    def save() -> None:
        wanted = clean_text(name.text(), "新名称", limit=60, required=True)
        letters = clean_text(initials.text(), "拼音首字母", limit=20).lower()
        # Letters left as they were belong to the old name; the operation makes those of the new one.
        kept = letters if letters != unit.initials or wanted == unit.name else ""
        month = since.editor.value()

        def rename() -> Changes:
            changes = rename_unit(shell.desk.store, unit.id, month, name=wanted, initials=kept)
            if is_own:
                shell.desk.reload()
            return changes

        shell.carry_out(rename, said=f"从 {month} 起叫“{wanted}”", then=then, failed=panel.failed)

    panel.on_save(save)
    return panel


def superior_form(shell: Shell, view: UnitsView, then: Then) -> EntryPanel:
    """Whom the own unit reports to: a unit of the shipped list, or a name of one's own."""
    above = view.own.tier.above or Tier.CITY
    listed = [unit for unit in shipped_units() if unit.tier is above]
    panel = EntryPanel("向哪个单位上报", columns=2)
    box = choice([(unit.name, unit.id) for unit in listed])
    box.setEditable(True)
    box.setCurrentText(view.superior)
    name = panel.form.add("上级单位", box, hint="可以选择，也可以直接写全称", required=True)
    since = panel.form.add("从哪个月起", MonthField(shell.month), required=True)

    def save() -> None:
        wanted = clean_text(name.text(), "上级单位", limit=60, required=True)
        found = next((unit for unit in listed if unit.name == wanted), None)
        draft = UnitDraft(wanted, above, found.code, found.id) if found else UnitDraft(wanted, above)
        month = since.editor.value()

        def write() -> Changes:
            if wanted == view.superior:
                return Changes(frozenset())
            changes = report_to(shell.desk.store, draft, month)
            shell.desk.reload()
            return changes

        shell.carry_out(write, said=f"从 {month} 起向“{wanted}”上报", then=then, failed=panel.failed)

    panel.on_save(save)
    return panel


def end_form(shell: Shell, unit: UnitRow, then: Then) -> EntryPanel:
    panel = EntryPanel(f"停用“{unit.name}”", verb="停用")
    last: Field[MonthField] = panel.form.add(
        "最后一个月", MonthField(shell.month), hint="这个月之后不再出现在台账里，以前的数据不变", required=True
    )

    def save() -> None:
        month: Month = last.editor.value()
        shell.carry_out(
            lambda: end_unit(shell.desk.store, unit.id, month),
            said=f"“{unit.name}”到 {month} 止",
            then=then,
            failed=panel.failed,
        )

    panel.on_save(save)
    return panel


def _below(own: UnitRow) -> Tier:
    return own.tier.below or Tier.VILLAGE
