"""Links of whole systems: which entities they count for."""

from __future__ import annotations

from benchmark import Run
from compare_extractors import Counts, Sample
from compare_systems import pairs_of, table
from samples import make_reading


def test_a_link_counts_for_the_entities_that_stand_at_its_ends() -> None:
    reading = make_reading()
    sample = Sample(reading, [])
    one, other = reading.entities[:2]
    ends = [(found.mentions[0].start, found.mentions[0].end) for found in (one, other)]
    assert pairs_of([ends], sample) == {frozenset((one.entity.id, other.entity.id))}
    assert pairs_of([[one.entity.id, other.entity.id]], sample) == {frozenset((one.entity.id, other.entity.id))}


def test_a_link_to_what_is_no_entity_counts_for_nothing() -> None:
    reading = make_reading()
    beyond = len(reading.document.text) + 10
    first = reading.entities[0].mentions[0]
    assert pairs_of([[(first.start, first.end), (beyond, beyond + 5)]], Sample(reading, [])) == set()


def test_the_table_has_time_memory_pairs_and_shares() -> None:
    counts = Counts(found=4, right=2, gold=4, hit=1, seconds=3.0)
    lines = table({"ours": {"nhskg": (counts, Run(4, 3, 100, 120))}}).splitlines()
    assert lines[-1] == "| ours | nhskg | 3.0 | 120 | 4 | 50.0 | 25.0 | 33.3 |"
