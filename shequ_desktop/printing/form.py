"""A form declared: its title and the blocks below each other; and how such a form is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from shequ_desktop.printing.blocks import Block
from shequ_desktop.printing.drawing import Drawing, unprintable
from shequ_desktop.printing.form_sheet import FormSheet, Language
from shequ_desktop.printing.frame import Frame, Page, pages

BLANK_TO_FILL = "________"


@dataclass(frozen=True, slots=True)
class Form:
    """`name` is what the command line calls it; its title is spoken as `form.title.NAME`, its copies as `form.copies.NAME`."""

    name: str
    blocks: tuple[Block, ...]
    title_term: str = ""
    numbered: bool = True
    copies: bool = True

    @property
    def labels(self) -> tuple[str, ...]:
        """The keys of all head cells that may carry a second script."""
        title = (self.title_term,) if self.title_term else ()
        return (*title, *(label for block in self.blocks for label in block.labels))


def title_of(form: Form, language: Language) -> str:
    return language.speak("form.title." + form.name)


def form_pages(form: Form, sheet: FormSheet, language: Language) -> tuple[Page, ...]:
    """The marks of each page of one form."""
    rows = tuple(row for block in form.blocks for row in block.rows(sheet, language))
    return pages(rows, _frame(form, sheet, language))


def draw_form(form: Form, sheet: FormSheet, language: Language) -> Drawing:
    """The form drawn, its bookmark the one it is about."""
    return Drawing(sheet.subject, form_pages(form, sheet, language), unprintable(sheet, scripts=language.scripts))


def _frame(form: Form, sheet: FormSheet, language: Language) -> Frame:
    speak = language.speak
    number = speak("form.home_visit.form_number").format(value=sheet.number or BLANK_TO_FILL)
    under = tuple(filter(None, (sheet.area, number if form.numbered else "")))
    return Frame(
        title=title_of(form, language),
        title_script=language.script(form.title_term) if form.title_term else "",
        under=under,
        whose=f"\u3000{sheet.subject}" if sheet.subject else "",
        code=sheet.qr,
        code_note=speak("form.home_visit.scan") if sheet.qr else "",
        left_foot=(speak("form.home_visit.copies") if form.copies else "", language.draft_mark(form.labels)),
        right_foot=" ".join(filter(None, (sheet.printed_by, sheet.printed_at, sheet.device))),
        continued=speak("form.home_visit.continued"),
        page=speak("form.home_visit.page"),
    )
