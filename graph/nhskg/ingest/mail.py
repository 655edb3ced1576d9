"""E-mailed newsletters: single messages (.eml) and mailboxes (.mbox)."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from email.utils import parseaddr

from nhskg.ingest.dates import parse_date
from nhskg.ingest.decoding import decode
from nhskg.ingest.draft import Contents, Draft, Fact, Unreadable, words
from nhskg.ingest.html import read_fragment, read_html

MOST_MESSAGES = 20_000
MOST_PARTS = 500
ENVELOPE = re.compile(rb"^From [^\r\n]{0,300}\r?\n", re.MULTILINE)
"""The line before a message, RFC 4155; in a message such a line is quoted with ">"."""
SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
QUOTED = re.compile(r"^>.*$", re.MULTILINE)


def read_message(content: bytes) -> Contents:
    """Reads a message: its HTML by its main text, else its plain text without quoted lines and signature.

    Raises:
        Unreadable: if there is no text in it.
    """
    # The newer policies raise errors of many kinds on damaged headers; this one never does.
    message = message_from_bytes(content, policy=compat32)
    parts: list[Message] = []
    for part in message.walk():
        parts.append(part)
        if len(parts) > MOST_PARTS:
            raise Unreadable(f"more than {MOST_PARTS} parts")
    attached = [part for part in parts if part.get_content_disposition() == "attachment" or part.get_filename()]
    warnings = [f"attachment left out: {_header(part.get_filename())}; save it as a file" for part in attached[:10]]
    by_type: dict[str, bytes] = {}
    for part in parts:
        if part not in attached and not part.is_multipart():
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                by_type.setdefault(part.get_content_type(), _in_utf_8(payload, part))
    facts = _facts(message)
    if "text/html" in by_type:
        page = read_html(by_type["text/html"])
        # What the page says of itself is the template's; the message knows better.
        return Contents([Draft(parts=page.drafts[0].parts, facts=facts)], warnings)
    if "text/plain" not in by_type:
        raise Unreadable("no text in this message" + (f" ({warnings[0]})" if warnings else ""))
    text, complaint = decode(by_type["text/plain"])
    text = QUOTED.sub("", SIGNATURE.split(text)[0])
    return Contents([Draft(parts=(text,), facts=facts, is_wrapped=True)], [*warnings, *filter(None, [complaint])])


def read_mailbox(content: bytes) -> Contents:
    """Reads a mailbox; a message that cannot be read is a warning.

    Raises:
        Unreadable: if it holds no message.
    """
    begins = [match.end() for match in ENVELOPE.finditer(content)]
    ends = [*[match.start() for match in ENVELOPE.finditer(content)][1:], len(content)]
    if not begins:
        raise Unreadable("no mailbox: no line in it begins with 'From '")
    if len(begins) > MOST_MESSAGES:
        raise Unreadable(f"{len(begins)} messages, over the limit of {MOST_MESSAGES}; split it")
    contents = Contents()
    for number, (start, end) in enumerate(zip(begins, ends, strict=True), start=1):
        name = f"{number:05}"
        try:
            contents.add(read_message(content[start:end]), name)
        except Unreadable as error:
            contents.warnings.append(f"message {number}: left out: {error}")
    return contents


def _in_utf_8(payload: bytes, part: Message) -> bytes:
    charset = str(part.get_content_charset() or "")
    try:
        return payload.decode(charset or "utf-8").encode("utf-8")
    except (LookupError, UnicodeError, ValueError):  # no such character set, or not in it
        return payload


def _facts(message: Message) -> tuple[Fact, ...]:
    sender, address = parseaddr(_header(message.get("From")))
    day = parse_date(_header(message.get("Date")))
    archived = _header(message.get("Archived-At")).strip("<>")
    values = {
        "title": ("Subject", _header(message.get("Subject"))),
        "source": ("From", sender or address),
        "published": ("Date", day.isoformat() if day else ""),
        "url": ("Archived-At", archived if archived.startswith(("http://", "https://")) else ""),
    }
    return tuple(Fact(field, value, f"e-mail header {name}") for field, (name, value) in values.items() if value)


def _header(value: object) -> str:
    """A header in plain characters, one line."""
    from email.errors import HeaderParseError
    from email.header import decode_header, make_header

    text = str(value or "")[:2000]
    try:
        return words(read_fragment(str(make_header(decode_header(text)))) if "=?" in text else text)
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return words(text)
