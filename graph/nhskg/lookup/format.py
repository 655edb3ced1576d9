"""What makes a file a look-up index that this version can read."""

from __future__ import annotations

from nhskg.model import Status

INDEX = "graph.sqlite"
APPLICATION = 0x4E48534B  # "NHSK", https://www.sqlite.org/pragma.html#pragma_application_id
FORMAT = 2
"""Goes up when ``schema.sql`` changes; an index of another format is built anew."""

STATUS_BITS = {status: 1 << bit for bit, status in enumerate(Status)}
"""The bits of the column ``statement.statuses``."""
