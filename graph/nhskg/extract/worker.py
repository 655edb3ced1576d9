"""Reading documents in a process of its own (``nhskg.processes``): this is what answers there.

    python -m nhskg.extract.worker SETTINGS

A request is some documents, an answer an outcome for each.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Sequence

import msgspec

from nhskg.extract.reader import Reader
from nhskg.model import Document
from nhskg.outcome import Outcome, Settings
from nhskg.processes import Answer, limit_memory, serve
from nhskg.register.undated import date_the_undated

MEMORY = 2_000_000_000
"""Bytes beyond what a process has once the language model is loaded; on Linux only."""
YOUNG = 50_000
"""Objects between two looks of the garbage collector; a document makes some 100,000, few of them in cycles."""


def outcomes(reader: Reader, documents: Sequence[Document], settings: Settings) -> Iterator[Outcome]:
    """Reads documents, one after the other; one that cannot be read does not stop the others."""
    for document in documents:
        try:
            yield _outcome(reader, document, settings)
        except MemoryError:
            yield Outcome(failure="reading it takes more memory than allowed; split it", is_out_of_memory=True)
        except Exception as error:  # noqa: BLE001  # one document must not stop a build of thousands
            yield Outcome(failure=f"reading it failed ({type(error).__name__}: {error}); please report it")


def _outcome(reader: Reader, document: Document, settings: Settings) -> Outcome:
    warnings: list[str] = []
    if settings.guess_dates:
        (document,), warnings = date_the_undated([document])
    (reading,) = reader.read([document])
    return Outcome(reading=reading, warnings=tuple(warnings))


def prepare() -> Answer:
    """Makes the process ready: loads the language model."""
    settings = msgspec.json.decode(sys.argv[1], type=Settings)
    reader = Reader.load(settings.model)
    # What is loaded stays; a collector that goes through it again and again takes a tenth of the time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)
    limit_memory(MEMORY)
    decoder, encoder = msgspec.msgpack.Decoder(list[Document]), msgspec.msgpack.Encoder()
    return lambda request: encoder.encode(list(outcomes(reader, decoder.decode(request), settings)))


if __name__ == "__main__":
    serve(prepare)
