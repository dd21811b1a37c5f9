"""通报 as a Word document on the layout of its PDF, to be finished in Word or WPS."""

from __future__ import annotations

from jindu_desk.reports.assessment.bulletin_paper import BulletinPaper, about_bulletin, write_bulletin_body
from jindu_desk.reports.typesetting.fonts import FontSet
from jindu_desk.reports.word.colophon import write_word_colophon
from jindu_desk.reports.word.document import AboutDocument, document_bytes, empty_document
from jindu_desk.reports.word.letter_format import write_word_letter_head
from jindu_desk.reports.word.setter import WordSetter


def bulletin_docx(paper: BulletinPaper, fonts: FontSet) -> bytes:
    """The same rows and fonts give the same bytes; no content makes it fail."""
    about, said = about_bulletin(paper), paper.said
    document = empty_document(fonts, AboutDocument(about.title, about.author, about.subject, None))
    write_word_letter_head(document, fonts, mark=paper.mark, number=said.number, title=said.title)
    write_bulletin_body(WordSetter(document, fonts), paper)
    write_word_colophon(document, fonts, (), said.copied_units, ruled=False)
    return document_bytes(document)
