"""接收: files give one row each; what waits for a person is decided in the panel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtWidgets import QLabel
from tests.operations.exchange.desks import directive
from tests.operations.exchange.test_receive import LUOXI, XUEJIA, Stream, enrol, figures
from tests.packages.made_up import key_of
from tests.ui.conftest import WindowForPages

from jindu_desk.domain.exchange import Verdict
from jindu_desk.errors.packages import UntrustedPackage
from jindu_desk.operations.exchange.kept import keep_refused
from jindu_desk.queries.exchange.details import package_details
from jindu_desk.queries.exchange.key_list import keys_on_record
from jindu_desk.queries.exchange.received import received
from jindu_desk.ui.drop_area import DropArea
from jindu_desk.ui.enrol_form import EnrolForm
from jindu_desk.ui.reason_form import ReasonForm
from jindu_desk.ui.receive.lists import UNITS
from jindu_desk.ui.receive.package_panel import PackagePanel
from jindu_desk.ui.receive.package_words import who_signed
from jindu_desk.ui.receive.page import ReceivePage
from jindu_desk.ui.receive.rows import row_of_record
from jindu_desk.ui.receive.words import explanation_of, long_words, verdict_words
from jindu_desk.ui.screens import SCREENS

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


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
def mail(tmp_path: Path) -> Path:
    folder = tmp_path / "mail"
    folder.mkdir()
    return folder


def read(office: WindowForPages, page: ReceivePage, *paths: Path) -> None:
    page.read(list(paths))
    settled(office)


def settled(office: WindowForPages) -> None:
    """Reading again after an enrolment is a chain of three tasks."""
    for _ in range(4):
        office.settle()


def verdicts(page: ReceivePage) -> list[Verdict]:
    return [row.verdict for row in page.lists.files.rows]


def choose(page: ReceivePage, office: WindowForPages, row: int) -> None:
    page.lists.files_view.selectRow(row)
    office.settle()


def package_of(page: ReceivePage) -> PackagePanel:
    panel = page.panel.content
    assert isinstance(panel, PackagePanel)
    return panel


def texts(panel: PackagePanel, name: str) -> list[str]:
    """What a screen reader says of the facts by this name."""
    said = [label.accessibleName() for label in panel.findChildren(QLabel)]
    return [each for each in said if each.startswith(f"{name}：")]


def test_folder_is_read_and_summed_up(office: WindowForPages, page: ReceivePage, mail: Path, district: Desk) -> None:
    enrol(district, XUEJIA)
    enrol(district, LUOXI)
    (mail / "1.jdpkg").write_bytes(Stream().next())
    (mail / "2.jdpkg").write_bytes(Stream(LUOXI).next())
    (mail / "3.jdpkg").write_bytes(b"torn")
    (mail / "notes.txt").write_bytes(b"not mine")
    read(office, page, mail)
    assert verdicts(page) == [Verdict.NEW, Verdict.NEW, Verdict.DAMAGED]
    assert page.lists.sum.text() == "共 3 个文件：新收 2 · 更正 0 · 重复或旧版本 0 · 暂存 0 · 有问题 1"
    assert [row.from_unit for row in page.lists.files.rows] == ["薛家镇", "罗溪镇", ""]
    assert len(page.lists.records.rows) == 3
    assert {row.unit.name for row in page.lists.streams.rows if row.revision} == {"薛家镇", "罗溪镇"}


def test_dropped_files_are_read(office: WindowForPages, page: ReceivePage, mail: Path, district: Desk) -> None:
    enrol(district, XUEJIA)
    file = mail / "1.jdpkg"
    file.write_bytes(Stream().next())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    area = page.findChild(DropArea)
    assert isinstance(area, DropArea)
    area.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    settled(office)
    assert verdicts(page) == [Verdict.NEW]


def test_folder_without_packages_says_so(office: WindowForPages, page: ReceivePage, mail: Path) -> None:
    read(office, page, mail)
    assert "没有找到上报文件" in office.said
    assert page.lists.files.rows == ()


def test_own_files_in_the_folder_are_told_apart(
    office: WindowForPages, page: ReceivePage, mail: Path, district: Desk
) -> None:
    sent = directive(district, mail)
    read(office, page, mail)
    choose(page, office, 0)
    panel = package_of(page)
    assert panel.headline.words == "本单位写出的文件，不用读入"
    assert panel.decisions == ()
    assert verdict_words(page.lists.files.rows[0]) == ("本单位写出的", "plain")
    assert page.lists.files.rows[0].file_name == sent.path.name
    assert "有问题 0 · 本单位写出的 1" in page.lists.sum.text()
    assert "交还" not in " ".join(label.text() for label in panel.findChildren(QLabel))


def test_an_own_file_that_was_kept_as_not_trusted_is_told_apart_on_record(
    office: WindowForPages, page: ReceivePage, district: Desk, mail: Path
) -> None:
    sent = directive(district, mail)
    content = sent.path.read_bytes()
    keep_refused(district.store, district.paths, sent.path, content, Verdict.UNTRUSTED, UntrustedPackage(), "")
    (record,) = received(district.store)
    row = row_of_record(record)
    assert verdict_words(row) == ("本单位写出的", "plain")
    assert "不用读入" in explanation_of(row)
    details = package_details(district.store, district.paths, record.id)
    assert details.unknown_key is None
    assert who_signed(details).endswith("，本单位写出的")
    assert long_words(row).heading == "本单位写出的文件，不用读入"
    page.refresh()
    settled(office)
    assert page.lists.records.rows == (row,)
    assert page._can_read_untrusted() == "没有因来源不可信而没有读入的文件。"


def test_unknown_key_is_compared_enrolled_and_its_files_read(
    office: WindowForPages, page: ReceivePage, mail: Path, district: Desk
) -> None:
    stream = Stream()
    (mail / "1.jdpkg").write_bytes(stream.next("2026-09"))
    (mail / "2.jdpkg").write_bytes(stream.next("2026-10"))
    read(office, page, mail)
    assert verdicts(page) == [Verdict.UNTRUSTED] * 2
    assert verdict_words(page.lists.files.rows[0]) == ("新密钥，等核对", "due")
    assert verdict_words(page.lists.records.rows[0]) == ("新密钥，等核对", "due")
    assert "有问题 0 · 等核对密钥 2" in page.lists.sum.text()
    choose(page, office, 0)
    assert package_of(page).headline.words == "新密钥，等核对"
    assert "薛家镇在本单位还没有有效的密钥" in " ".join(label.text() for label in package_of(page).findChildren(QLabel))
    package_of(page).button("核对并登记密钥…").click()
    form = page.panel.content
    assert isinstance(form, EnrolForm)
    assert form.unit.text() == "薛家镇"
    form.keeper.editor.setText("测试甲")
    form.compared.editor.setText("something else")
    page.panel.button("指纹一致，登记").click()
    settled(office)
    assert "不一致" in form.compared.error
    assert figures(district) == {}
    form.compared.editor.setText(key_of(XUEJIA.id).public.fingerprint)
    page.panel.button("指纹一致，登记").click()
    settled(office)
    assert verdicts(page) == [Verdict.NEW] * 2
    assert [row.file_name for row in page.lists.files.rows] == ["1.jdpkg", "2.jdpkg"]
    assert sorted(figures(district)) == ["2026-09", "2026-10"]


def test_revision_shows_its_differences_and_is_taken(
    office: WindowForPages, page: ReceivePage, mail: Path, district: Desk
) -> None:
    enrol(district, XUEJIA)
    stream = Stream()
    (mail / "1.jdpkg").write_bytes(stream.next(value=3))
    (mail / "2.jdpkg").write_bytes(stream.revised("2026-10", 2, 5))
    read(office, page, mail)
    assert verdicts(page) == [Verdict.NEW, Verdict.REVISION]
    assert figures(district) == {"2026-10": 3}
    choose(page, office, 1)
    package_of(page).button("查看差异并确认…").click()
    settled(office)
    pair = page.comparison.pair
    assert pair is not None
    assert [(cell.unit_name, cell.item, cell.before, cell.after) for cell in pair.found.cells] == [
        ("测试1村", "A04.J", "3", "5")
    ]
    page.comparison.button("采用更正").click()
    settled(office)
    assert package_of(page).headline.words == "更正已采用"
    assert figures(district) == {"2026-10": 5}
    assert page.lists.files.rows[1].counted
    assert not page.lists.files.rows[0].counted


def test_fork_is_decided_with_a_reason(office: WindowForPages, page: ReceivePage, mail: Path, district: Desk) -> None:
    enrol(district, XUEJIA)
    (mail / "1.jdpkg").write_bytes(Stream().next(value=3))
    (mail / "2.jdpkg").write_bytes(Stream().next(value=8))
    read(office, page, mail)
    assert verdicts(page) == [Verdict.NEW, Verdict.FORK]
    choose(page, office, 1)
    package_of(page).button("比较两份并认定…").click()
    settled(office)
    view = page.comparison
    view.button("采用第二份").click()
    settled(office)
    assert figures(district) == {"2026-10": 3}
    assert "写明理由" in view.reason.error
    view.reason.editor.setText("电话核对过")
    view.button("采用第二份").click()
    settled(office)
    assert figures(district) == {"2026-10": 8}
    assert verdicts(page) == [Verdict.FORK, Verdict.NEW]
    assert [verdict_words(row)[0] for row in page.lists.files.rows] == ["未采用（已认定）", "已认定采用"]
    assert texts(package_of(page), "认定理由") == ["认定理由：电话核对过"]
    choose(page, office, 0)
    assert package_of(page).headline.words == "编号冲突，已认定采用另一份"
    assert texts(package_of(page), "认定另一份") == ["认定另一份：电话核对过"]


def test_the_side_that_stands_can_be_kept_with_a_reason(
    office: WindowForPages, page: ReceivePage, mail: Path, district: Desk
) -> None:
    enrol(district, XUEJIA)
    (mail / "1.jdpkg").write_bytes(Stream().next(value=3))
    (mail / "2.jdpkg").write_bytes(Stream().next(value=8))
    read(office, page, mail)
    choose(page, office, 1)
    package_of(page).button("比较两份并认定…").click()
    settled(office)
    page.comparison.reason.editor.setText("旧电脑上的一份作废")
    page.comparison.button("仍采用第一份").click()
    settled(office)
    assert figures(district) == {"2026-10": 3}
    assert [verdict_words(row)[0] for row in page.lists.files.rows] == ["已认定采用", "未采用（已认定）"]
    assert {row.held for row in page.lists.streams.rows} == {0}


def test_a_key_is_revoked_with_a_reason(office: WindowForPages, page: ReceivePage, district: Desk) -> None:
    enrol(district, XUEJIA)
    page.refresh()
    office.settle()
    page.lists.signers_view.selectRow(0)
    page.panel.button("作废这把密钥…").click()
    form = page.panel.content
    assert isinstance(form, ReasonForm)
    page.panel.button("作废").click()
    assert form.reason.error == "请写明理由。"
    form.reason.editor.setPlainText("电脑遗失")
    page.panel.button("作废").click()
    settled(office)
    assert page.lists.signers.rows[0].revoked_at is not None
    assert keys_on_record(district.store)[0].revoked_reason == "电脑遗失"


def test_another_page_can_point_to_a_package(
    office: WindowForPages, page: ReceivePage, mail: Path, district: Desk
) -> None:
    enrol(district, XUEJIA)
    (mail / "1.jdpkg").write_bytes(Stream().next())
    read(office, page, mail)
    wanted = page.lists.records.rows[0].received_id
    assert wanted is not None
    page.open_at(received=wanted)
    assert page.panel.content is not None
    assert page.panel.content.title == "薛家镇"


def test_minutes_that_came_along_are_opened(
    office: WindowForPages, page: ReceivePage, mail: Path, district: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol(district, XUEJIA)
    (mail / "1.jdpkg").write_bytes(Stream().next())
    read(office, page, mail)
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.fileName()))
    choose(page, office, 0)
    package_of(page).button("打开附件").click()
    settled(office)
    assert opened == ["薛家镇-2026-10-1.pdf"]


def test_beside_the_panel_a_list_keeps_the_names_and_leaves_out_what_the_panel_says(page: ReceivePage) -> None:
    view, model = page.lists.streams_view, page.lists.streams

    def titles() -> list[str]:
        return [column.title for place, column in enumerate(model.columns) if not view.isColumnHidden(place)]

    all_of_them = titles()
    page.lists.tabs.setCurrentIndex(UNITS)
    view.selectRow(0)
    assert page.panel.content is not None
    assert titles() == ["单位", "本月", "待处理"]
    shown = max(view.fontMetrics().horizontalAdvance(row.unit.name) for row in model.rows)
    assert view.columnWidth(0) > shown
    page.panel.close_content()
    assert titles() == all_of_them
