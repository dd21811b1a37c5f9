"""An entry that is not finished: what the form holds, as texts to keep, and back into a form."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QComboBox

from jindu_desk.domain.free_text import without_numbers
from jindu_desk.ui.expenses.entry_form import EntryForm
from jindu_desk.ui.fields import Field


def kept_of(form: EntryForm) -> dict[str, str]:
    """The form as it stands, whatever is still wrong in it; only a number that may not be kept is masked."""
    texts = {name: without_numbers(field.text()) for name, field in form.texts().items()}
    choices = {name: str(field.editor.currentData()) for name, field in _choices(form).items()}
    dates = {"on": form.on.editor.line.text(), "voucher_on": form.voucher_on.editor.line.text()}
    classes = {"class_department": form.department.text(), "class_government": form.government.text()}
    return texts | choices | dates | classes | {"evidence": "\n".join(map(str, form.evidence.files))}


def fill_in(form: EntryForm, kept: Mapping[str, str]) -> None:
    """Fill an unfinished entry in; what is no longer there stays at its default."""
    for name, choosing in _choices(form).items():
        options = [str(choosing.editor.itemData(number)) for number in range(choosing.editor.count())]
        if kept.get(name) in options:
            choosing.editor.setCurrentIndex(options.index(kept[name]))
    for name, field in form.texts().items():
        field.editor.setText(kept.get(name, ""))
    form.on.editor.line.setText(kept.get("on", form.on.editor.line.text()))
    form.voucher_on.editor.line.setText(kept.get("voucher_on", ""))
    form.department.editor.setCurrentText(kept.get("class_department", form.department.text()))
    form.government.editor.setCurrentText(kept.get("class_government", form.government.text()))
    form.evidence.take([Path(name) for name in kept.get("evidence", "").split("\n") if name])
    form.is_dirty = True


def _choices(form: EntryForm) -> dict[str, Field[QComboBox]]:
    """In the order in which one sets the next: the line the category, the category the payee."""
    return {
        "line_id": form.line,
        "category": form.category,
        "payee_kind": form.payee_kind,
        "payment_method": form.method,
    }
