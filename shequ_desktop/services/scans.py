"""From paper back to the visit (扫描登记): the code on a photo or scan leads to the visit's draft. Keeps no picture."""

from __future__ import annotations

from pathlib import Path

from shequ_desktop.domain import visit_codes
from shequ_desktop.domain.problems import Problem
from shequ_desktop.printing import scanned
from shequ_desktop.services import visits
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.drafts import Draft


def visit_from_scan(archive: Archive, *, file: Path) -> Draft | Problem:
    """The draft of the one visit whose form this file shows; its pages may be several."""
    found = scanned.codes_in(file)
    if found is None:
        return Problem("scan.unreadable", values=(("file", file.name),))
    if not found:
        return Problem("scan.no_code", values=(("file", file.name),))
    ours = [code for code in found if not isinstance(visit_codes.read(code), Problem)]
    if len(ours) > 1:
        return Problem("scan.several", values=(("file", file.name), ("count", len(ours))))
    return visits.start_from_form(archive, code=ours[0] if ours else found[0])
