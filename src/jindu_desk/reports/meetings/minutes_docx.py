"""The coordination meeting's minutes as a Word document on the layout of their PDF, to be finished in Word or WPS."""

from __future__ import annotations

from jindu_desk.reports.meetings.minutes_body import write_body
from jindu_desk.reports.meetings.minutes_paper import MinutesPaper
from jindu_desk.reports.typesetting.fonts import FontSet
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.word.annexes import write_word_annexes
from jindu_desk.reports.word.colophon import write_word_colophon
from jindu_desk.reports.word.document import (
    AboutDocument,
    document_bytes,
    empty_document,
    write_draft_sign,
)
from jindu_desk.reports.word.head import HeadWords, write_word_head
from jindu_desk.reports.word.setter import WordSetter
from jindu_desk.reports.wording import date_text


def minutes_docx(minutes: MinutesPaper, fonts: FontSet) -> bytes:
    """The minutes as .docx. The same rows and fonts give the same bytes; no content makes it fail."""
    about = AboutDocument(
        title=one_line(minutes.title) or one_line(minutes.mark) or "会议纪要",
        author=one_line(minutes.issuer) or one_line(minutes.printed_by),
        subject=one_line(minutes.number),
        made_on=minutes.printed_on or minutes.signed_on or minutes.issued_on,
    )
    document = empty_document(fonts, about)
    if minutes.draft:
        write_draft_sign(document, fonts)
    issued = date_text(minutes.issued_on)
    write_word_head(document, fonts, HeadWords(minutes.mark, minutes.number, minutes.issuer, issued, minutes.title))
    write_body(WordSetter(document, fonts), minutes)
    write_word_annexes(document, fonts, minutes.annexes)
    write_word_colophon(
        document, fonts, minutes.main_to, minutes.copies_to, minutes.printed_by, date_text(minutes.printed_on)
    )
    return document_bytes(document)
