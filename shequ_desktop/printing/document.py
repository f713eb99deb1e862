"""A PDF file for an archive: finished pages kept compressed, titles tagged, colours and dates declared (PDF/A-1b).

Knows no form. The library writes plain files; what it lacks for an archive is added here.
"""

from __future__ import annotations

import itertools
import zlib
from datetime import datetime
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from shequ_desktop import paths
from shequ_desktop.printing.marks import PAPER_HEIGHT, PAPER_WIDTH, Mark, draw
from shequ_desktop.printing.streams import LinedStream

CREATOR = "Shequ Desktop"
COLOURS = "sRGB.icc"


class NumberedPage(pdfdoc.PDFPage):  # type: ignore[misc]
    """A page that says which entry of the table of tags is its own."""

    __NoDefault__ = [*pdfdoc.PDFPage.__NoDefault__, "StructParents"]  # noqa: RUF012 (the library's way)
    StructParents: int | None = None


class ColouredCatalog(pdfdoc.PDFCatalog):  # type: ignore[misc]
    """The root of the file, which names the colours' profile."""

    __NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents"]  # noqa: RUF012 (the library's way)


class BareInfo(pdfdoc.PDFInfo):  # type: ignore[misc]
    """What the file says about itself, nothing that is empty: an archive asks for the same in both places."""

    def format(self, document: Any) -> bytes:
        when = pdfdoc.PDFDate(ts=document._timeStamp)
        said = {"Title": self.title, "Creator": self.creator, "Producer": self.producer}
        entries = {name: pdfdoc.PDFString(value) for name, value in said.items()}
        return bytes(pdfdoc.PDFDictionary({**entries, "CreationDate": when, "ModDate": when}).format(document))


class ArchivedCanvas(Canvas):  # type: ignore[misc]
    """Pages drawn one after another; each is compressed when it is done, so that a thick booklet stays small in memory."""

    def __init__(self, file: BinaryIO, *, title: str, language: str, printed_at: datetime | None) -> None:
        super().__init__(file, (PAPER_WIDTH, PAPER_HEIGHT), pageCompression=1, invariant=1, pdfVersion=(1, 4), lang=language)
        self.setTitle(title)
        self.setCreator(CREATOR)
        self.setProducer(CREATOR)
        self._doc.info.__class__ = BareInfo
        if printed_at:
            _set_time(self._doc._timeStamp, printed_at)
        self._tree = _TagTree(self._doc)

    def _make_preamble(self) -> None:
        """No standard font at a page's beginning: it would not be embedded, and every text names its own."""
        self._preamble = "1 0 0 1 0 0 cm"

    def begin_form(self, name: str, number: int) -> None:
        """A bookmark and a part of the tree for what is drawn from here on."""
        key = f"form-{number}"
        self.bookmarkPage(key)
        self.addOutlineEntry(name, key)
        self._tree.begin_part()

    def draw_page(self, marks: tuple[Mark, ...]) -> None:
        tags = draw(self, marks)
        name = self._doc.thisPageName()
        self.showPage()
        page = self._doc.idToObject[name]
        pressed = zlib.compress(pdfdoc.pdfdocEnc(page.stream))
        page.stream = None
        page.Contents = LinedStream(pdfdoc.PDFDictionary({"Filter": pdfdoc.PDFName("FlateDecode")}), pressed)
        page.__class__ = NumberedPage
        page.StructParents = self._tree.add_page(self._doc.Reference(page, name), tags)

    def save(self) -> None:
        document = self._doc
        catalog = document.Catalog
        catalog.__class__ = ColouredCatalog
        catalog.OutputIntents = pdfdoc.PDFArray([_colours(document)])
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        catalog.StructTreeRoot = self._tree.root()
        catalog.Metadata = _metadata(document)
        super().save()


class _TagTree:
    """Which tag each piece of a page has: a part for each form, in it titles and text, page by page."""

    def __init__(self, document: Any) -> None:
        self._reference = document.Reference
        self._root = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("StructTreeRoot")})
        self._root_reference = self._reference(self._root, "StructTreeRoot")
        self._whole = self._element("Document", self._root_reference)
        self._whole_reference = self._reference(self._whole, "tagged-document")
        self._parts: list[Any] = []
        self._open: list[Any] = []
        self._pages: list[Any] = []
        self._part: Any = None

    def begin_part(self) -> None:
        self._open = []
        part = self._element("Sect", self._whole_reference, K=pdfdoc.PDFArray(self._open))
        part.dict["K"].sequence = self._open
        self._part = self._reference(part, f"part-{len(self._parts)}")
        self._parts.append(self._part)

    def add_page(self, page: Any, tags: tuple[str, ...]) -> int:
        """The page's number in the table; its pieces are numbered in the order of their tags, neighbours of one kind are one."""
        number = len(self._pages)
        owners: list[Any] = []
        place = 0
        for tag, group in itertools.groupby(tags):
            count = len(list(group))
            pieces = pdfdoc.PDFArray(list(range(place, place + count)))
            element = self._reference(self._element(tag, self._part, Pg=page, K=pieces), f"tag-{number}-{place}")
            self._open.append(element)
            owners += [element] * count
            place += count
        self._pages.append(pdfdoc.PDFArray(owners))
        return number

    def root(self) -> Any:
        numbered = [entry for pair in enumerate(self._pages) for entry in pair]
        self._whole.dict["K"] = pdfdoc.PDFArray(self._parts)
        self._root.dict["K"] = pdfdoc.PDFArray([self._whole_reference])
        self._root.dict["ParentTree"] = self._reference(pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(numbered)}))
        return self._root_reference

    def _element(self, tag: str, parent: Any, **more: Any) -> Any:
        return pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("StructElem"), "S": pdfdoc.PDFName(tag), "P": parent, **more})


def _set_time(stamp: Any, moment: datetime) -> None:
    offset = int((moment.utcoffset() or moment - moment).total_seconds()) // 60
    stamp.YMDhms = moment.timetuple()[:6]
    stamp.dhh, stamp.dmm = offset // 60, offset % 60


def _colours(document: Any) -> Any:
    profile = LinedStream(
        pdfdoc.PDFDictionary({"N": 3}), (paths.resources() / "fonts" / COLOURS).read_bytes(), [pdfdoc.PDFZCompress]
    )
    return pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("OutputIntent"),
            "S": pdfdoc.PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": pdfdoc.PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": document.Reference(profile),
        }
    )


def _metadata(document: Any) -> Any:
    """What the file says about itself, a second time and as an archive reads it."""
    info, stamp = document.info, document._timeStamp
    year, month, day, hour, minute, second = stamp.YMDhms
    when = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{stamp.dhh:+03}:{stamp.dmm:02}"
    content = METADATA.format(title=escape(info.title), creator=CREATOR, when=when).encode("utf-8")
    kind = {"Type": pdfdoc.PDFName("Metadata"), "Subtype": pdfdoc.PDFName("XML")}
    return LinedStream(pdfdoc.PDFDictionary(kind), content)


METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<xmp:CreatorTool>{creator}</xmp:CreatorTool><xmp:CreateDate>{when}</xmp:CreateDate><xmp:ModifyDate>{when}</xmp:ModifyDate>
<pdf:Producer>{creator}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
