"""The open archive as the window holds it (打开的档案): handed from service to service, never looked into."""

from __future__ import annotations

from shequ_desktop.storage.archive import Archive

OpenArchive = Archive


def place_of(archive: Archive) -> str:
    """Code of the area that this archive is of; empty where nobody has said."""
    with archive.read() as reader:
        return reader.meta("area")


def forget_key(archive: Archive) -> None:
    """Close the archive and let its key go out of this process: a locked window holds nothing that opens it."""
    archive.close()
    archive.key = b""
