"""The pages that exist, in navigation's order. A page is added by one line here; its factory is imported when it first opens."""

from __future__ import annotations

from importlib import import_module

from shequ_desktop.services import synchronise, today, visit_list
from shequ_desktop.ui.help.opening import HelpOpening
from shequ_desktop.ui.page import Page, PageKind
from shequ_desktop.ui.rosters.dropping import FileDrop
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.sync.keeper import SyncKeeper
from shequ_desktop.ui.visits.scan_watch import ScanWatch
from shequ_desktop.ui.window import Companion


def page_of(path: str, session: Session) -> Page:
    """The page that `folder.module:Class` names, so that a start loads only what it shows."""
    module, _, name = path.partition(":")
    made = getattr(import_module(f"shequ_desktop.ui.{module}"), name)(session)
    if not isinstance(made, Page):
        raise TypeError(path)
    return made


PAGES = (
    PageKind("today", "sun-horizon", "ui.page.today", lambda s: page_of("today.today_page:TodayPage", s), count=today.count),
    PageKind(
        "decide", "question", "ui.page.decide", lambda s: page_of("today.decide_page:DecidePage", s), hidden=True, under="today"
    ),
    PageKind("households", "house", "ui.page.households", lambda s: page_of("households.households_page:HouseholdsPage", s)),
    PageKind("residents", "users", "ui.page.residents", lambda s: page_of("residents.residents_page:ResidentsPage", s)),
    PageKind("care", "hand-heart", "ui.page.care", lambda s: page_of("care.care_page:CarePage", s)),
    PageKind(
        "visits", "footprints", "ui.page.visits", lambda s: page_of("visits.visits_page:VisitsPage", s), visit_list.drafts_kept
    ),
    PageKind(
        "visit", "note-pencil", "ui.page.visit", lambda s: page_of("visits.visit_page:VisitPage", s), hidden=True, under="visits"
    ),
    PageKind(
        "import",
        "download-simple",
        "ui.page.import",
        lambda s: page_of("rosters.import_page:ImportPage", s),
        hidden=True,
        under="households",
    ),
    PageKind(
        "print", "printer", "ui.page.print", lambda s: page_of("printing.print_page:PrintPage", s), hidden=True, under="visits"
    ),
    PageKind(
        "conflicts",
        "git-diff",
        "ui.page.conflicts",
        lambda s: page_of("conflicts.conflicts_page:ConflictsPage", s),
        hidden=True,
        under="sync",
    ),
    PageKind("sync", "arrows-clockwise", "ui.page.sync", lambda s: page_of("sync.sync_page:SyncPage", s), synchronise.waiting_on),
    PageKind(
        "suggestions",
        "chat-text",
        "ui.page.suggestions",
        lambda s: page_of("suggestions.suggestions_page:SuggestionsPage", s),
        hidden=True,
        under="help",
    ),
    PageKind("help", "lifebuoy", "ui.page.help", lambda s: page_of("help.help_page:HelpPage", s), apart=True),
    PageKind("settings", "gear-six", "ui.page.settings", lambda s: page_of("settings.settings_page:SettingsPage", s), apart=True),
)

COMPANIONS: tuple[Companion, ...] = (ScanWatch, HelpOpening, SyncKeeper, FileDrop)
"""What lives beside the pages as long as somebody is at work: each is given the main window."""
