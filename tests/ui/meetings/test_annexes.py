"""What is printed behind the minutes: chosen beside the attachments, kept with the meeting, and on the paper."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtCore import Qt
from tests.operations.meeting_forms import OCTOBER, held, prepared
from tests.ui.meetings.test_meetings_page import form_of, key_of, page

from jindu_desk.domain.meeting_drafts import TallyTable
from jindu_desk.operations.meetings import correct_meeting, discard_version, save_meeting, sign_off
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.queries.meetings import meeting_whole
from jindu_desk.queries.settings import settings
from jindu_desk.queries.units import units_below
from jindu_desk.reports.typesetting.preview import page_text
from jindu_desk.ui.meetings.page import MeetingsPage
from jindu_desk.ui.meetings.paper import make_paper

if TYPE_CHECKING:
    from tests.ui.conftest import WindowForPages

    from jindu_desk.app.desk import Desk

__all__ = ["form_of", "page"]  # fixtures


def test_a_ticked_picture_and_the_tally_stand_behind_the_minutes(
    office: WindowForPages, form_of: MeetingsPage, desk: Desk, tmp_path: Path
) -> None:
    photo, scan = tmp_path / "会场.jpg", tmp_path / "扫描件.pdf"
    stream = io.BytesIO()
    Image.new("RGB", (80, 60), "navy").save(stream, "JPEG")
    photo.write_bytes(stream.getvalue())
    scan.write_bytes(b"%PDF made up")
    for file in (photo, scan):
        form_of.record.attaching.add(file)
        office.settle()
    section = form_of.record.form.attachments
    by_name = {section.list.item(at).text()[:2]: section.list.item(at) for at in range(section.list.count())}
    assert by_name["扫描"].data(Qt.ItemDataRole.CheckStateRole) is None  # no picture, nothing to tick
    by_name["会场"].setCheckState(Qt.CheckState.Checked)
    section.tally.click()
    office.settle()
    assert not section.tally.isChecked()
    assert office.said == "本月台账还没有填，或者各村（社区）都是 0，没有可以印的数字。"
    village = units_below(desk.store, desk.unit.unit.id, OCTOBER)[0]
    set_cells(desk.store, desk.unit.unit.id, OCTOBER, [CellEdit(village.id, "L01", 7), CellEdit(village.id, "L02", 2)])
    section.tally.click()
    office.settle()
    assert section.tally.isChecked()
    form_of.record.save()
    office.settle()
    whole = meeting_whole(desk.store, key_of(form_of))
    assert len(whole.draft.annexes.pictures) == 1
    (table,) = whole.draft.annexes.tally
    assert table.rows[0] == (village.name, "7", "＊")  # what is 2 is protected
    paper = make_paper(desk, whole, whole.draft)
    texts = [page_text(paper.content, at) for at in range(len(paper.sizes))]
    last = next(text for text in reversed(texts) if "会议有关图片" in text)
    assert last.split()[2:5] == ["附件2", "会议有关图片", "会场"]  # below the sign of a draft
    assert "附件：1. 薛家镇2026年10月禁毒工作台账" in "".join(texts)


def test_the_choice_lives_and_goes_with_its_version(desk: Desk) -> None:
    whole = prepared(desk, OCTOBER)
    chosen = whole.draft.annexes.model_copy(update={"tally": (TallyTable(columns=(), rows=()),), "pictures": ("gone",)})
    sign_off(desk.store, held(whole, annexes=chosen), "测试甲", OCTOBER.first_day.replace(day=21))
    second = correct_meeting(desk.store, whole.id, "更正地点").key
    assert second is not None
    draft = meeting_whole(desk.store, second).draft
    assert draft.annexes == chosen
    save_meeting(desk.store, draft.model_copy(update={"annexes": chosen.model_copy(update={"pictures": ()})}))
    assert meeting_whole(desk.store, whole.id).draft.annexes == chosen
    discard_version(desk.store, second)
    assert [key for key in settings(desk.store) if second in key] == []
