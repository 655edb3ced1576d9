"""Small files of each kind that is read, made here."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage

PAGE = """<!DOCTYPE html><html><head><title>Ward opens</title>
<meta property="article:published_time" content="2021-11-02T08:00:00Z"><meta name="author" content="Jane Crosby">
<meta property="og:site_name" content="Example News"></head>
<body><nav><a href="/">Home</a> <a href="/jobs">Jobs</a></nav><article><h1>Ward opens</h1>
<p>NHS England gave the trust £2m to open a ward, and <a href="/unison">Unison</a> welcomed it on Monday afternoon.</p>
<h2>Winter money</h2><p>The fund was announced in the autumn. It is to be paid in two parts, as the board was told.</p>
<ul><li>Unison welcomed the fund.</li><li>The BMA did not.</li></ul>
<table><tr><th>Body</th><th>Sum</th></tr><tr><td>NHS England</td><td>£2m</td></tr></table></article>
<footer>Cookies and privacy</footer></body></html>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Example feed</title><item><title>Ward opens</title>
<link>https://example.org/ward</link><pubDate>Tue, 02 Nov 2021 07:30:00 GMT</pubDate>
<description>&lt;p&gt;NHS England said so.&lt;/p&gt;&lt;p&gt;Unison did not.&lt;/p&gt;</description></item></channel></rss>"""
CSV = (
    'id,headline,date,body\nfirst,Ward opens,02/11/2021,"The board of Leeds met."\nsecond,Money,soon,"It met again."\n'
)


def make_pdf(pages: Sequence[Sequence[str]], information: str = "") -> bytes:
    """A PDF with these lines on its pages."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        shown = b"".join(b"(" + line.encode("cp1252") + b") Tj T* " for line in lines)
        drawing = b"BT /F1 11 Tf 14 TL 50 780 Td " + shown + b"ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing))
        font = b"/Resources << /Font << /F1 3 0 R >> >>"
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R %s >>"
        objects.append(page % (len(objects), font))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    objects.append(b"<< " + information.encode() + b" >>")
    content = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (size, size - 1)
    start = len(content)
    return content + b"xref\n0 %d\n0000000000 65535 f \n%s%sstartxref\n%d\n%%%%EOF\n" % (size, table, trailer, start)


def make_docx() -> bytes:
    """A Word file with a heading, a bullet, a table, an insertion and a deletion."""
    from docx import Document
    from docx.oxml import parse_xml

    document = Document()
    document.core_properties.title = "Paper for the board"
    document.core_properties.author = "Jane Crosby"
    document.add_heading("Winter money", 1)
    paragraph = document.add_paragraph("The fund was announced")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for element in (
        f'<w:ins {space} w:id="1" w:author="a"><w:r><w:t xml:space="preserve"> again</w:t></w:r></w:ins>',
        f'<w:del {space} w:id="2" w:author="a"><w:r><w:delText> never</w:delText></w:r></w:del>',
    ):
        paragraph._p.append(parse_xml(element))  # noqa: SLF001  # python-docx has no call that makes revisions
    paragraph.add_run(".")
    document.add_paragraph("Unison welcomed it.", style="List Bullet")
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "NHS England", "£2m"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def make_message(text: str = "The board met.", html: str = "", attachment: bytes = b"") -> bytes:
    message = EmailMessage()
    message["Subject"] = "Daily: “ward” opens"
    message["From"] = "Example News <news@example.org>"
    message["Date"] = "Tue, 02 Nov 2021 07:30:00 +0000"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    if attachment:
        message.add_attachment(attachment, maintype="application", subtype="pdf", filename="board.pdf")
    return message.as_bytes()


def make_zip(members: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()
