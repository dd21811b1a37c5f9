"""A district's window with the screen 下发 up, and what tests do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtWidgets import QTableView
from tests.operations.exchange.months import vault_of
from tests.ui.conftest import WindowForPages

from jindu_desk.ui.direct.page import DirectPage
from jindu_desk.ui.screens import SCREENS
from jindu_desk.ui.side_panel import PanelContent
from jindu_desk.ui.tables import RowsModel

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

F = TypeVar("F", bound=PanelContent)


def with_vault(desk: Desk) -> Desk:
    """The desk with a signing key that needs neither keyring nor passphrase."""
    desk.__dict__["vault"] = vault_of(desk)
    return desk


def page_of(office: WindowForPages, tab: str = "") -> DirectPage:
    office.window.take_screens([spec for spec in SCREENS if "district" in spec.tiers])
    office.window.show_pages()
    office.window.show()
    office.window.resize(1366, 768)
    office.shell.go("direct", **({"tab": tab} if tab else {}))
    settled(office)
    page = office.window.pages.page("direct")
    assert isinstance(page, DirectPage)
    return page


def settled(office: WindowForPages) -> None:
    for _ in range(4):
        office.settle()


def form_in(page: DirectPage, kind: type[F]) -> F:
    """What stands in the side panel, which must be of this kind."""
    content = page.panel.content
    assert isinstance(content, kind)
    return content


def texts(view: QTableView, column: int) -> list[str]:
    model = view.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def open_row(view: QTableView, column: int, text: str) -> None:
    """As a click on the row in which ``text`` stands."""
    number = texts(view, column).index(text)
    view.selectRow(number)
    view.clicked.emit(view.model().index(number, column))


def row_with(model: RowsModel[Any], text: str) -> int:
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())].index(text)
