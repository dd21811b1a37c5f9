"""接收: a report is accepted, returned with remarks, taken back, its month unlocked; several are accepted at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QTableView
from pytestqt.qtbot import QtBot
from tests.conftest import Clock
from tests.operations.exchange.desks import enrolment, introduce
from tests.operations.exchange.months import MONTH, reported, vault_of
from tests.operations.exchange.test_receive import LUOXI, XUEJIA, Stream, enrol
from tests.packages.made_up import head, key_of, tables
from tests.ui.conftest import WindowForPages
from tests.ui.test_accessible_names import nameless

from jindu_desk.domain.answers import ReceiptState
from jindu_desk.domain.exchange import Verdict
from jindu_desk.domain.units import Role
from jindu_desk.operations.exchange.answers import write_answers
from jindu_desk.operations.exchange.judge import return_report
from jindu_desk.operations.exchange.key_changes import begin_key_change, finish_key_change
from jindu_desk.operations.units import OfficialDraft, add_official
from jindu_desk.queries.exchange.answers import answers
from jindu_desk.queries.exchange.details import package_details
from jindu_desk.queries.exchange.history import package_history
from jindu_desk.queries.exchange.keys import own_signer, signers
from jindu_desk.queries.exchange.received import received
from jindu_desk.ui.enrol_form import EnrolForm
from jindu_desk.ui.key_file import key_text
from jindu_desk.ui.receive.lists import RECORD, UNITS
from jindu_desk.ui.receive.package_panel import PackagePanel
from jindu_desk.ui.receive.page import ReceivePage
from jindu_desk.ui.receive.return_form import ReturnForm
from jindu_desk.ui.receive.several_panel import SeveralPanel
from jindu_desk.ui.receive.technical import TechnicalPart
from jindu_desk.ui.receive.unit_panel import UnitPanel
from jindu_desk.ui.receive.words import verdict_words
from jindu_desk.ui.screens import SCREENS
from jindu_desk.ui.unlock_form import UnlockForm

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


@pytest.fixture
def district(make_desk: Callable[[str, str], Desk]) -> Desk:
    desk = make_desk("district", "320411000000")
    enrol(desk, XUEJIA)
    return desk


@pytest.fixture
def office(window_for: Callable[[Desk], WindowForPages], district: Desk) -> WindowForPages:
    return window_for(district)


@pytest.fixture
def page(office: WindowForPages) -> ReceivePage:
    office.window.take_screens([spec for spec in SCREENS if spec.key == "receive"])
    office.window.show_pages()
    office.window.show()
    office.shell.go("receive")
    office.settle()
    made = office.window.findChild(ReceivePage)
    assert isinstance(made, ReceivePage)
    return made


@pytest.fixture
def read(office: WindowForPages, page: ReceivePage, tmp_path: Path) -> Callable[..., None]:
    """Hand these packages in, in their order."""
    folder = tmp_path / "mail"
    folder.mkdir()

    def handed_in(*contents: bytes) -> None:
        files = []
        for content in contents:
            files.append(folder / f"{len(list(folder.iterdir()))}.jdpkg")
            files[-1].write_bytes(content)
        page.read(files)
        settled(office)

    return handed_in


def settled(office: WindowForPages) -> None:
    for _ in range(4):
        office.settle()


def choose(office: WindowForPages, page: ReceivePage, row: int) -> PackagePanel:
    page.lists.files_view.selectRow(row)
    settled(office)
    return package_of(page)


def package_of(page: ReceivePage) -> PackagePanel:
    assert isinstance(page.panel.content, PackagePanel)
    return page.panel.content


def said(panel: PackagePanel | UnitPanel) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel))


def returning(office: WindowForPages, page: ReceivePage) -> ReturnForm:
    package_of(page).button("退回…").click()
    settled(office)
    form = page.panel.content
    assert isinstance(form, ReturnForm)
    return form


def test_panel_says_who_what_when_and_what_to_do(
    office: WindowForPages, page: ReceivePage, read: Callable[..., None]
) -> None:
    read(Stream().next())
    panel = choose(office, page, 0)
    text = said(panel)
    assert panel.headline.words == "可信，已计入汇总"
    for words in ("薛家镇（320411103000），保管人 测试甲", "核对指纹后登记", "薛家镇 2026年10月 上报包", "第 1 号"):
        assert words in text
    assert "制作 2026-11-03 09:30" in text
    assert "收到 2026-10-28 09:30" in text
    assert panel.decisions == ("认可", "退回…", "解锁该月…")
    assert list(nameless(page)) == []


def test_technical_part_is_folded_until_asked_for(
    office: WindowForPages, page: ReceivePage, read: Callable[..., None], qtbot: QtBot
) -> None:
    read(Stream().next())
    part = choose(office, page, 0).findChild(TechnicalPart)
    assert isinstance(part, TechnicalPart)
    qtbot.waitUntil(part.isVisible)
    shown = [label for label in part.findChildren(QLabel) if "台账数字 4 行" in label.text()]
    assert shown
    assert not shown[0].isVisible()
    part.button.click()
    assert shown[0].isVisible()


def test_accept_and_take_back(
    office: WindowForPages,
    page: ReceivePage,
    read: Callable[..., None],
    district: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read(Stream().next())
    choose(office, page, 0).button("认可").click()
    settled(office)
    assert received(district.store)[0].judged is ReceiptState.ACCEPTED
    assert verdict_words(page.lists.files.rows[0]) == ("已认可", "done")
    assert package_of(page).headline.words == "已认可，计入汇总"
    gone: list[tuple[str, dict[str, object]]] = []
    monkeypatch.setattr(office.shell, "go", lambda key, **where: gone.append((key, where)))
    package_of(page).button("去写回执").click()
    assert gone == [("direct", {"tab": "回执", "unit": XUEJIA.id})]
    package_of(page).button("撤回认可").click()
    settled(office)
    assert received(district.store)[0].judged is None
    assert package_of(page).decisions[0] == "认可"


def test_return_with_remarks_found_by_typing(
    office: WindowForPages, page: ReceivePage, read: Callable[..., None], district: Desk
) -> None:
    read(Stream().next())
    choose(office, page, 0)
    form = returning(office, page)
    form.reason.editor.setPlainText("尿检数与派出所台账不符")
    QTest.keyClicks(form.finder.line.editor, "a04.j")
    assert form.finder.list.count() == 2
    QTest.keyClick(form.finder.line.editor, Qt.Key.Key_Down)
    QTest.keyClick(form.finder.list, Qt.Key.Key_Down)
    QTest.keyClick(form.finder.list, Qt.Key.Key_Return)
    form.remark.editor.setText("漏填两人")
    QTest.keyClick(form.remark.editor, Qt.Key.Key_Return)
    settled(office)
    assert [(draft.unit_id, draft.item) for draft, _ in form.remarks] == [(f"{XUEJIA.id}-village-2", "A04.J")]
    # A second one, typed and not added: pressing 退回 takes it along.
    QTest.keyClicks(form.finder.line.editor, "123.45")
    QTest.keyClick(form.finder.line.editor, Qt.Key.Key_Return)
    form.remark.editor.setText("凭证号没有填")
    assert list(nameless(page)) == []
    page.panel.button("退回").click()
    settled(office)
    (row,) = received(district.store)
    assert (row.judged, row.counted) == (ReceiptState.RETURNED, False)
    remarks = package_details(district.store, district.paths, row.id).remarks
    assert [(remark.where, remark.reason) for remark in remarks] == [
        ("测试2村 期末在册·社区戒毒", "漏填两人"),
        ("1 印制宣传资料", "凭证号没有填"),
    ]
    panel = package_of(page)
    assert panel.headline.words == "已退回，不计入汇总"
    assert "测试2村 期末在册·社区戒毒：漏填两人" in said(panel)
    assert "理由：尿检数与派出所台账不符" in said(panel)
    panel.button("撤回退回").click()
    settled(office)
    assert received(district.store)[0].counted


def test_a_return_that_its_sender_was_told_is_taken_back_only_when_confirmed(
    office: WindowForPages,
    page: ReceivePage,
    read: Callable[..., None],
    district: Desk,
    clock: Clock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read(Stream().next())
    (row,) = received(district.store)
    return_report(district.store, district.paths, row.id, "尿检数与派出所台账不符")
    (sent,) = write_answers(district.store, vault_of(district), district.paths, [XUEJIA.id], tmp_path)
    page.refresh()
    settled(office)
    panel = choose(office, page, 0)
    clock.advance(hours=1)
    asked: list[str] = []
    said = iter((False, True))

    def ask(question: str, _verb: str) -> bool:
        asked.append(question)
        return next(said)

    monkeypatch.setattr(office.shell, "ask", ask)
    panel.button("撤回退回").click()
    settled(office)
    assert f"第 {sent.number} 号回执已经写给薛家镇" in asked[0]
    assert received(district.store)[0].judged is ReceiptState.RETURNED
    package_of(page).button("撤回退回").click()
    settled(office)
    assert received(district.store)[0].judged is None
    assert "再写一份回执" in office.said
    assert {row.unit.id for row in answers(district.store) if row.news} == {XUEJIA.id}


def test_weak_reasons_are_refused_beside_the_field(
    office: WindowForPages, page: ReceivePage, read: Callable[..., None], district: Desk
) -> None:
    read(Stream().next())
    choose(office, page, 0)
    form = returning(office, page)
    page.panel.button("退回").click()
    settled(office)
    assert "还没有填写" in form.reason.error
    form.reason.editor.setPlainText("无")
    page.panel.button("退回").click()
    settled(office)
    assert "没有说明问题" in form.reason.error
    form.remark.editor.setText("漏填两人")
    form.add_button.click()
    assert "选一个位置" in form.finder.line.error
    QTest.keyClicks(form.finder.line.editor, "m01")
    QTest.keyClick(form.finder.line.editor, Qt.Key.Key_Return)
    form.remark.editor.setText("无")
    form.add_button.click()
    settled(office)
    assert "没有说明问题" in form.remark.error
    assert form.remarks == []
    assert received(district.store)[0].counted


def test_what_was_typed_for_a_return_is_kept_while_another_row_is_read(
    office: WindowForPages, page: ReceivePage, read: Callable[..., None]
) -> None:
    stream = Stream()
    read(stream.next("2026-09"), stream.next("2026-10"))
    choose(office, page, 0)
    returning(office, page).reason.editor.setPlainText("九月的人数不对")
    choose(office, page, 1)
    assert returning(office, page).reason.text() == ""
    choose(office, page, 0)
    assert returning(office, page).reason.text() == "九月的人数不对"


def test_esc_keeps_what_was_typed_for_a_return_and_says_so(
    office: WindowForPages, page: ReceivePage, read: Callable[..., None], district: Desk
) -> None:
    read(Stream().next())
    choose(office, page, 0)
    form = returning(office, page)
    form.reason.editor.setPlainText("尿检数与派出所台账不符")
    QTest.keyClicks(form.finder.line.editor, "a04.j")
    QTest.keyClick(form.finder.line.editor, Qt.Key.Key_Return)
    form.add_button.click()
    assert "“这里哪里不对”还没有填写" in form.remark.error
    form.remark.editor.setText("漏填两人")
    QTest.keyClick(form.reason.editor, Qt.Key.Key_Escape)
    settled(office)
    assert page.panel.content is None
    assert "留着" in office.said
    page.lists.files_view.clicked.emit(page.lists.files.index(0, 0))
    settled(office)
    form = returning(office, page)
    assert form.reason.text() == "尿检数与派出所台账不符"
    assert form.remark.text() == "漏填两人"
    page.panel.button("退回").click()
    settled(office)
    (row,) = received(district.store)
    assert row.judged is ReceiptState.RETURNED
    assert len(package_details(district.store, district.paths, row.id).remarks) == 1
    assert "留着" not in office.said


def test_a_repeat_follows_what_was_decided_about_the_first(
    office: WindowForPages, page: ReceivePage, read: Callable[..., None]
) -> None:
    content = Stream().next()
    read(content)
    read(content)
    panel = choose(office, page, 0)
    assert panel.decisions == ("认可", "退回…", "解锁该月…")
    assert "没有问题就认可" in said(panel)
    panel.button("认可").click()
    settled(office)
    read(content)
    panel = choose(office, page, 0)
    assert verdict_words(page.lists.files.rows[0]) == ("重复，已认可", "done")
    assert panel.decisions == ("去写回执", "撤回认可", "退回…", "解锁该月…")
    assert "以前的那一份已经认可" in said(panel)


def test_an_old_version_whose_correction_was_accepted_is_only_old(
    office: WindowForPages, page: ReceivePage, read: Callable[..., None]
) -> None:
    stream = Stream()
    first = stream.next(value=3)
    read(first)
    choose(office, page, 0)
    returning(office, page).reason.editor.setPlainText("九月的人数不对")
    page.panel.button("退回").click()
    settled(office)
    read(stream.revised("2026-10", 2, 5))
    panel = choose(office, page, 0)
    if "查看差异并确认…" in panel.decisions:
        panel.button("查看差异并确认…").click()
        settled(office)
        page.comparison.button("采用更正").click()
        settled(office)
    package_of(page).button("认可").click()
    settled(office)
    read(first)
    panel = choose(office, page, 0)
    assert panel.headline.words == "旧版本，没有采用"
    assert panel.decisions == ()
    assert "撤回" not in said(panel)


def test_what_it_means_stands_before_the_facts(
    office: WindowForPages, page: ReceivePage, read: Callable[..., None]
) -> None:
    """In the smallest window that is promised it is seen without scrolling."""
    office.window.resize(1366, 768)
    read(Stream().next())
    panel = choose(office, page, 0)
    (meaning,) = [label for label in panel.findChildren(QLabel) if label.accessibleName().startswith("这说明什么")]
    area = panel.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    bottom = meaning.mapTo(area.viewport(), meaning.rect().bottomLeft())
    assert area.viewport().rect().contains(bottom)


def test_an_empty_file_is_called_empty(office: WindowForPages, page: ReceivePage, read: Callable[..., None]) -> None:
    read(b"", "只是一段文字".encode())
    assert [row.explanation.partition("。")[0] for row in page.lists.files.rows] == [
        "这个文件是空的",
        "这个文件不是数据包，里面不是本程序写出的内容",
    ]


def test_a_correction_is_returned_from_the_comparison(
    office: WindowForPages, page: ReceivePage, read: Callable[..., None], district: Desk
) -> None:
    stream = Stream()
    read(stream.next(value=3), stream.revised("2026-10", 2, 5))
    choose(office, page, 1).button("查看差异并确认…").click()
    settled(office)
    assert list(nameless(page)) == []
    page.comparison.button("退回…").click()
    settled(office)
    form = page.panel.content
    assert isinstance(form, ReturnForm)
    form.reason.editor.setPlainText("更正的数没有依据")
    page.panel.button("退回").click()
    settled(office)
    assert [verdict_words(row)[0] for row in page.lists.files.rows] == ["新收", "已退回"]
    assert [row.counted for row in page.lists.files.rows] == [True, False]


def test_several_are_accepted_at_once(
    office: WindowForPages, page: ReceivePage, read: Callable[..., None], district: Desk
) -> None:
    stream = Stream()
    read(stream.next("2026-08"), stream.next("2026-09"), stream.next("2026-10"), b"torn")
    page.lists.tabs.setCurrentIndex(RECORD)
    view: QTableView = page.lists.records_view
    view.selectAll()
    panel = page.panel.content
    assert isinstance(panel, SeveralPanel)
    page.panel.button("认可这 3 份").click()
    settled(office)
    judged = [row.judged for row in received(district.store) if row.kind is not None]
    assert judged == [ReceiptState.ACCEPTED] * 3
    assert page.panel.content is None


def test_a_month_of_a_unit_is_unlocked(
    office: WindowForPages, page: ReceivePage, read: Callable[..., None], district: Desk
) -> None:
    read(Stream().next())
    page.lists.tabs.setCurrentIndex(UNITS)
    names = [row.unit.name for row in page.lists.streams.rows]
    page.lists.streams_view.selectRow(names.index("罗溪镇"))
    settled(office)
    assert not page.panel.button("解锁一个月…").isEnabled()
    page.lists.streams_view.selectRow(names.index("薛家镇"))
    settled(office)
    assert isinstance(page.panel.content, UnitPanel)
    assert "连续收到第 1 号为止" in said(page.panel.content)
    page.panel.button("解锁一个月…").click()
    form = page.panel.content
    assert isinstance(form, UnlockForm)
    page.panel.button("解锁").click()
    settled(office)
    assert "还没有填写" in form.reason.error
    form.reason.editor.setPlainText("允许补报一笔经费")
    page.panel.button("解锁").click()
    settled(office)
    assert "已解锁" in office.said
    assert not page.panel.isVisible()


def test_gap_names_the_number_and_how_to_get_it(
    office: WindowForPages, page: ReceivePage, read: Callable[..., None]
) -> None:
    stream = Stream()
    first, second, third = stream.next("2026-08"), stream.next("2026-09"), stream.next("2026-10")
    read(first, third)
    text = said(choose(office, page, 1))
    assert "缺第 2 号" in text
    assert "重新递交" in text
    read(second)
    assert "暂存的第 3 号接上了" in said(choose(office, page, 0))
    assert page.lists.sum.text().endswith("接上暂存 1")


def test_a_fork_without_another_side_says_so(
    office: WindowForPages, page: ReceivePage, read: Callable[..., None], district: Desk
) -> None:
    stream = Stream()
    read(stream.next("2026-09"), stream.next("2026-10", previous="1" * 64))
    choose(office, page, 1).button("比较两份并认定…").click()
    settled(office)
    assert page.comparison.pair is not None
    assert page.comparison.pair.one is None
    page.comparison.reason.editor.setText("该镇换过电脑，电话核对过")
    page.comparison.button("采用这一份").click()
    settled(office)
    row = next(row for row in received(district.store) if row.number == 2)
    assert (row.verdict, row.counted) == (Verdict.NEW, True)
    assert [step.step for step in package_history(district.store, row.id)] == ["received", "decided"]


def test_an_unknown_key_can_be_enrolled_from_the_record(
    office: WindowForPages, page: ReceivePage, read: Callable[..., None], district: Desk
) -> None:
    """Also days later, when the row comes from the record and not from the reading."""
    read(Stream(LUOXI).next())
    page.lists.tabs.setCurrentIndex(RECORD)
    page.lists.records_view.selectRow(0)
    settled(office)
    assert "未经证实" in said(package_of(page))
    package_of(page).button("核对并登记密钥…").click()
    form = page.panel.content
    assert isinstance(form, EnrolForm)
    assert form.unit.text() == "罗溪镇"
    form.keeper.editor.setText("测试甲")
    form.compared.editor.setText(key_of(LUOXI.id).public.fingerprint)
    page.panel.button("指纹一致，登记").click()
    settled(office)
    assert [row.counted for row in received(district.store)] == [True]


def test_the_keeper_is_proposed_by_the_enrolment_or_by_the_staff_on_record(
    office: WindowForPages, page: ReceivePage, make_desk: Callable[[str, str], Desk], district: Desk, tmp_path: Path
) -> None:
    township = make_desk("township", "320411104000")
    page.read([enrolment(township, tmp_path).path])
    settled(office)
    panel = choose(office, page, 0)
    panel.button("核对并登记密钥…").click()
    settled(office)
    form = page.panel.content
    assert isinstance(form, EnrolForm)
    own = own_signer(township.store)
    assert own is not None
    assert form.keeper.text() == own.keeper != ""
    add_official(district.store, OfficialDraft(XUEJIA.id, Role.FULL_TIME_STAFF, "测试丁"))
    page.button("登记密钥…").click()
    settled(office)
    form = page.panel.content
    assert isinstance(form, EnrolForm)
    assert form.keeper.text() == ""
    form.unit.editor.setCurrentText("薛家镇")
    assert form.keeper.text() == "测试丁"
    form.unit.editor.setCurrentText("罗溪镇")
    assert form.keeper.text() == ""
    form.keeper.editor.setText("测试戊")
    form.unit.editor.setCurrentText("薛家镇")
    assert form.keeper.text() == "测试戊"


def test_an_error_of_the_form_is_seen_whole_in_a_small_window(
    office: WindowForPages, page: ReceivePage, read: Callable[..., None]
) -> None:
    office.window.resize(1366, 768)
    read(Stream(LUOXI).next())
    choose(office, page, 0).button("核对并登记密钥…").click()
    settled(office)
    form = page.panel.content
    assert isinstance(form, EnrolForm)
    form.keeper.editor.setText("测试甲")
    form.compared.editor.setText("AAAA BBBB")
    page.panel.button("指纹一致，登记").click()
    settled(office)
    assert "不一致" in form.compared.error
    area = form.parentWidget()
    assert area is not None
    top = form.compared.mapTo(area, form.compared.rect().topLeft())
    bottom = form.compared.mapTo(area, form.compared.rect().bottomLeft())
    assert area.rect().contains(top)
    assert area.rect().contains(bottom)


def test_a_key_is_picked_from_a_file(
    office: WindowForPages, page: ReceivePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, district: Desk
) -> None:
    file = tmp_path / "luoxi.pub"
    file.write_text(f"# 测试\n\n{key_of(LUOXI.id).public.line} 测试乙\n", encoding="utf-8")
    monkeypatch.setattr("jindu_desk.ui.key_file.QFileDialog.getOpenFileName", lambda *_: (str(file), ""))
    page.button("登记密钥…").click()
    form = page.panel.content
    assert isinstance(form, EnrolForm)
    (pick,) = [button for button in form.findChildren(QPushButton) if button.text() == "从文件读取公钥…"]
    pick.click()
    settled(office)
    assert form.key.text() == f"{key_of(LUOXI.id).public.line} 测试乙"
    assert form.keeper.text() == "测试乙"
    assert key_text(file).startswith("ssh-ed25519 ")
    assert len(signers(district.store)) == 1  # nothing is enrolled by picking


def test_the_slip_is_shown_and_left(office: WindowForPages, page: ReceivePage, read: Callable[..., None]) -> None:
    read(Stream().next())
    choose(office, page, 0).button("打印核验单…").click()
    settled(office)
    assert page.slips.preview.isVisible()
    assert page.slips.preview.paper is not None
    assert page.slips.preview.paper.name == "核验单-薛家镇-2026-10-1.pdf"
    assert page.slips.preview.page_count == len(page.slips.preview.paper.sizes) > 0
    page.slips.preview.left.emit()
    assert page.lists.isVisible()


def test_files_that_were_not_trusted_are_read_again_after_new_keys_came(
    office: WindowForPages,
    page: ReceivePage,
    make_desk: Callable[[str, str], Desk],
    district: Desk,
    tmp_path: Path,
    clock: Clock,
) -> None:
    """A report signed with the next key comes before the enrolment that introduces that key."""
    township = make_desk("township", "320411104000")
    stick = tmp_path / "stick"
    stick.mkdir()
    district.__dict__["vault"] = vault_of(district)
    introduce(district, township, stick)
    clock.advance(days=8)
    begin_key_change(township.store, vault_of(township))
    introducing = enrolment(township, stick).path
    finish_key_change(township.store, vault_of(township))
    clock.advance(hours=1)
    page.read([reported(township, MONTH, stick).path])
    settled(office)
    assert [row.verdict for row in page.lists.files.rows] == [Verdict.UNTRUSTED]
    page.read([introducing])
    settled(office)
    again = [button for button in page.findChildren(QPushButton) if button.text() == "再读一次" and button.isVisible()]
    assert len(again) == 1  # that of the line above the list; the panel is closed
    again[0].click()
    settled(office)
    october = next(row for row in received(district.store) if row.period == "2026-10")
    assert (october.verdict, october.counted) == (Verdict.NEW, True)
    assert not again[0].isVisible()


def test_what_changed_besides_the_figures_is_said_in_words(
    office: WindowForPages, page: ReceivePage, read: Callable[..., None]
) -> None:
    stream = Stream()
    first = stream.next(value=3)
    made = head(sender=stream.sender, receiver=stream.receiver)
    rows = tables(made, value=3)
    rows["expenses"][0]["summary"] = "印制宣传册"
    rows["nil_returns"] = []
    read(first, stream.next(rows=rows, revision=2, reason="更正一笔经费"))
    choose(office, page, 1).button("查看差异并确认…").click()
    settled(office)
    texts = [label.text() for label in page.comparison.findChildren(QLabel)]
    assert "经费改动 1 笔；零报告减少 1 份。" in texts
    assert "台账没有不同" in texts
