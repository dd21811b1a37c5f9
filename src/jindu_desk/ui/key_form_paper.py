"""密钥登记表: this desk's fingerprint in large groups, for those who compare it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jindu_desk.ui.paper import Paper, finished

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


def key_form_paper(desk: Desk) -> Paper:
    """Lay it out; for the worker. Raises `NoSigningKey`."""
    from jindu_desk.errors.exchange import NoSigningKey
    from jindu_desk.queries.exchange.keys import own_signer
    from jindu_desk.queries.exchange.superior import own_recipient
    from jindu_desk.reports.exchange.key_form import key_form_printed
    from jindu_desk.reports.exchange.papers import key_form_of
    from jindu_desk.reports.typesetting.paper_fonts import paper_fonts

    signer = own_signer(desk.store)
    if signer is None:
        raise NoSigningKey
    form = key_form_of(desk.unit, signer, own_recipient(desk.store))
    return finished(key_form_printed(form, paper_fonts(desk.paths)), f"密钥登记表-{desk.unit.unit.name}.pdf")
