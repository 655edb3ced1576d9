"""Files to documents: finding, decoding, front matter, dates."""

from nhskg.ingest.files import SourceFile, find_files
from nhskg.ingest.reader import Unreadable, read_document

__all__ = ["SourceFile", "Unreadable", "find_files", "read_document"]
