"""Files to documents: finding, reading each kind of file, cleaning, metadata, duplicates.

``formats`` has the table of what reads what; a reader is a plain function from bytes to ``draft.Contents``.
"""

from nhskg.ingest.collect import read_documents, read_file
from nhskg.ingest.draft import Unreadable
from nhskg.ingest.files import SourceFile, find_files

__all__ = ["SourceFile", "Unreadable", "find_files", "read_documents", "read_file"]
