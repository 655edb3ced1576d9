"""A build in which everything fits is found so; one that was tampered with is not, whichever file it was."""

from __future__ import annotations

import shutil
from operator import itemgetter
from pathlib import Path

import pyoxigraph as ox
import pytest

from nhskg.errors import InputError
from nhskg.store import BUILT_FROM, STORE, build_store
from nhskg.verify import verify
from samples import run
from verify.builds import Tamper, add, block, cut, page, replaced, row, sql, swap, twice, whole_build, without

FILES = [
    "documents.jsonl",
    "entities.jsonl",
    "context.jsonl",
    "structure.jsonl",
    "claims.jsonl",
    "build.json",
    "graph.ttl",
    "graph.sqlite",
    "graph.graphml",
    "graph.html",
]
TURTLE, GRAPHML, PAGE, INDEX = "graph.ttl", "graph.graphml", "graph.html", "graph.sqlite"

TAMPERED: list[tuple[str, Tamper, str, str]] = [
    ("text", swap("documents.jsonl", "£2m.", "£3m."), "documents.jsonl", "text that is not that of its sha256"),
    ("quote no longer in the text", swap("documents.jsonl", "£2m.", "£3m."), "claims.jsonl", "not verbatim"),
    ("document gone", without("documents.jsonl"), "claims.jsonl", "a document that documents.jsonl has not"),
    ("document twice", twice("documents.jsonl"), "documents.jsonl", "there twice"),
    ("pages", row("documents.jsonl", 1, pages=[0, 900]), "documents.jsonl", "pages"),
    ("page", row("claims.jsonl", 1, page=2), "claims.jsonl", "page that its offset is not on"),
    ("quote", row("claims.jsonl", 0, evidence="The Treasury funds NHS Digital with £9m."), "claims.jsonl", "not verbatim"),
    ("offset", row("claims.jsonl", 0, start=1, end=41), "claims.jsonl", "offsets outside the text"),
    ("id", row("claims.jsonl", 0, id="000000000000"), "claims.jsonl", "id that is not that of its content"),
    ("subject", row("claims.jsonl", 0, subject="unison"), "claims.jsonl", "id that is not that of its content"),
    ("nobody", row("claims.jsonl", 0, object="nobody"), "claims.jsonl", "names an entity"),
    ("unknown speaker", row("claims.jsonl", 0, speaker="nobody"), "claims.jsonl", "names an entity"),
    ("status", row("claims.jsonl", 0, status="certain"), "claims.jsonl", "not as builds write them"),
    ("date", row("claims.jsonl", 0, published="2001-01-01"), "claims.jsonl", "date that is not that of its document"),
    ("guess", row("claims.jsonl", 3, published_guessed=False), "claims.jsonl", "date that is not that of its document"),
    ("relation", row("claims.jsonl", 0, predicate="likes"), "claims.jsonl", "relation that the ontology has not"),
    ("confidence", row("claims.jsonl", 0, confidence=2), "claims.jsonl", "confidence"),
    ("confidence elsewhere", row("claims.jsonl", 0, confidence=0.8), TURTLE, "something else than claims.jsonl"),
    ("claim gone", without("claims.jsonl"), TURTLE, "not in claims.jsonl"),
    ("its direct triple", without("claims.jsonl"), TURTLE, "no asserted claim"),
    ("claim twice", twice("claims.jsonl"), "claims.jsonl", "there twice"),
    ("no JSON", swap("claims.jsonl", '{"id"', '{"id'), "claims.jsonl", "no JSON"),
    ("list", add("claims.jsonl", "[]\n"), "claims.jsonl", "not as builds write them"),
    ("deep", add("claims.jsonl", "[" * 100_000 + "\n"), "claims.jsonl", "no JSON"),
    ("mention", row("entities.jsonl", 0, mentions=["Nobody at all"]), "entities.jsonl", "mention that is not in"),
    ("kind", row("entities.jsonl", 0, kind="fund"), "build.json", "entities other than"),
    ("no kind", row("entities.jsonl", 0, kind="ghost"), "entities.jsonl", "not as builds write them"),
    ("name", row("entities.jsonl", 0, name="Another"), TURTLE, "something else than entities.jsonl"),
    ("context", without("context.jsonl"), "structure.jsonl", "names an entity"),
    ("context twice", twice("context.jsonl"), "context.jsonl", "there twice"),
    ("entry gone", without("structure.jsonl"), TURTLE, "no line of the register behind it"),
    ("entry", row("structure.jsonl", 0, valid_from="1999"), "structure.jsonl", "id that is not that of its content"),
    ("source", row("structure.jsonl", 0, source="another"), TURTLE, "something else than structure.jsonl"),
    ("hash", swap("build.json", '"letter": "', '"letter": "0'), "build.json", "documents other than"),
    ("count", swap("build.json", '"funds": 3', '"funds": 4'), "build.json", "claims other than"),
    ("part", swap("build.json", '"statuses"', '"stati"'), "build.json", "a part is missing"),
    ("list for an object", swap("build.json", "{", "[{"), "build.json", "damaged"),
    ("words", swap(TURTLE, 'oa:exact "The Treasury funds', 'oa:exact "The Treasury fund'), TURTLE, "not verbatim"),
    ("start", swap(TURTLE, "oa:start 0", "oa:start 1"), TURTLE, "not verbatim"),
    ("end", swap(TURTLE, "oa:end 40", "oa:end 4000"), TURTLE, "offsets outside the text"),
    ("status in RDF", swap(TURTLE, "nhs:Negated", "nhs:Asserted"), TURTLE, "something else than claims.jsonl"),
    ("speaker in RDF", swap(TURTLE, "Attributed" + "To id:unison", "Attributed" + "To id:hm-treasury"), TURTLE, "something else"),
    ("sum", swap(TURTLE, '"2000000"', '"3000000"'), TURTLE, "something else than claims.jsonl"),
    ("period", swap(TURTLE, '"2020-04-01"', '"2020-05-01"'), TURTLE, "something else than claims.jsonl"),
    ("line", swap(TURTLE, "nhs:line 2", "nhs:line 3"), TURTLE, "something else than structure.jsonl"),
    ("guess as date", swap(TURTLE, "nhs:guessedDate", "dcterms:issued"), TURTLE, "date that is not that of documents"),
    ("triple", add(TURTLE, "id:unison nhs:funds id:nhs-england .\n"), TURTLE, "no asserted claim and no line"),
    ("own link", add(TURTLE, "id:unison skos:related id:nhs-england .\n"), TURTLE, "no asserted claim and no line"),
    ("ORG", add(TURTLE, "id:unison org:memberOf id:nhs-england .\n"), TURTLE, "no asserted claim and no line"),
    ("stranger", add(TURTLE, "id:nobody nhs:funds id:nhs-england .\n"), TURTLE, "no asserted claim and no line"),
    ("no triple", swap(TURTLE, "nhs:funds id:nhs-digital ;", "skos:note 'x' ;"), TURTLE, "direct triple is missing"),
    ("claim gone in RDF", block("id:claim-"), TURTLE, "claim of claims.jsonl is missing"),
    ("quotation gone", block("id:document-letter_"), TURTLE, "quotations of claims that are missing"),
    ("document gone in RDF", block("id:document-reply"), TURTLE, "document of documents.jsonl is missing"),
    ("entry gone in RDF", block("id:entry-"), TURTLE, "entry of structure.jsonl is missing"),
    ("entity gone in RDF", block("id:unison"), TURTLE, "entity of entities.jsonl and context.jsonl is missing"),
    ("two statuses", swap(TURTLE, "nhs:status nhs:Negated", "nhs:status nhs:Negated, nhs:Planned"), TURTLE, "not as builds"),
    ("about", swap(TURTLE, "nhs:about id:statement-", "nhs:about id:statement-0"), TURTLE, "nhs:about"),
    ("bytes", replaced(TURTLE, b"\xff\xfe\0"), TURTLE, "damaged"),
    ("text in SQL", sql("UPDATE document SET text = 'No.'"), INDEX, "text that is not that of documents.jsonl"),
    ("date in SQL", sql("UPDATE document SET published = '2001-01-01'"), INDEX, "date that is not"),
    ("quote in SQL", sql("UPDATE quotation SET text = 'No.'"), INDEX, "not verbatim"),
    ("offset in SQL", sql("UPDATE quotation SET start = start + 1"), INDEX, "not verbatim"),
    ("status in SQL", sql("UPDATE claim SET status = 'alleged'"), INDEX, "something else than claims.jsonl"),
    ("nonsense in SQL", sql("UPDATE claim SET status = 'certain'"), INDEX, "not as builds write them"),
    ("claim gone in SQL", sql("DELETE FROM claim WHERE number = 1"), INDEX, "claim of claims.jsonl is missing"),
    ("name in SQL", sql("UPDATE entity SET name = 'x' WHERE number = 1"), INDEX, "something else than entities.jsonl"),
    ("entry in SQL", sql("UPDATE entry SET source = 'x'"), INDEX, "something else than structure.jsonl"),
    ("total", sql("UPDATE total SET count = count + 1"), INDEX, "another count"),
    ("claims in SQL", sql("UPDATE statement SET claims = 9"), INDEX, "statement with another number of claims"),
    ("no index", replaced(INDEX, b"no"), INDEX, "damaged"),
    ("quote in XML", swap(GRAPHML, "The Treasury funds", "The Treasury fund"), GRAPHML, "quote that no claim has"),
    ("node", swap(GRAPHML, '<node id="unison">', '<node id="nobody">'), GRAPHML, "node that is no entity"),
    ("edge", swap(GRAPHML, '<data key="predicate">part_of', '<data key="predicate">covers'), GRAPHML, "no line of the register"),
    ("claims in XML", swap(GRAPHML, '<data key="claims">2', '<data key="claims">3'), GRAPHML, "number of claims"),
    ("settled", swap(GRAPHML, '<data key="settled">False', '<data key="settled">True'), GRAPHML, "settled"),
    ("sentence", page("words", lambda words: words["sentences"].__setitem__(0, "No.")), PAGE, "not verbatim"),
    ("id in the page", page("words", lambda words: words["claims"]["id"].__setitem__(0, "0")), PAGE, "not in claims.jsonl"),
    ("date in the page", page("data", lambda data: data["documents"]["date"].__setitem__(0, "")), PAGE, "another date"),
    ("line in the page", page("data", lambda data: data["claims"]["line"].__setitem__(0, 3)), PAGE, "something else"),
    ("name in the page", page("data", lambda data: data["entities"]["name"].__setitem__(0, "")), PAGE, "something else"),
    ("entry in the page", page("words", lambda words: words["entries"]["words"].pop()), PAGE, "lines of the register"),
    ("half a page", page("data", lambda data: data.pop("claims")), PAGE, "damaged"),
    ("Turtle in the page", add(TURTLE, "\n"), PAGE, "its Turtle is not that of graph.ttl"),
]  # fmt: skip


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return whole_build(tmp_path_factory.mktemp("sound") / "out")


@pytest.fixture
def out(sound: Path, tmp_path: Path) -> Path:
    """A copy to tamper with; without the store, as a build from elsewhere."""
    return Path(shutil.copytree(sound, tmp_path / "out", ignore=shutil.ignore_patterns(STORE)))


def test_a_build_of_ours_fits(sound: Path) -> None:
    findings = verify(sound)
    assert list(findings.lines()) == []
    assert len(findings.checked) == len(FILES) + 1
    done = run("verify", "--graph", str(sound))
    assert (done.returncode, done.stdout) == (0, "all of it fits\n")
    assert "read: graph.ttl: " in done.stderr


@pytest.mark.model
def test_a_build_of_the_samples_fits(built: Path) -> None:
    assert list(verify(built).lines()) == []


@pytest.mark.parametrize(("tamper", "file", "words"), [case[1:] for case in TAMPERED], ids=map(itemgetter(0), TAMPERED))
def test_what_was_tampered_with_is_found(out: Path, tamper: Tamper, file: str, words: str) -> None:
    tamper(out)
    found = [line for line in verify(out).lines() if line.startswith(f"{file}: ")]
    assert any(words in line for line in found), found


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_missing_or_cut_is_found(out: Path, file: str) -> None:
    content = (out / file).read_bytes()
    for share in (0.5, 0.97):
        cut(file, share)(out)
        assert len(verify(out)), share
        (out / file).write_bytes(content)
    (out / file).unlink()
    assert any(line.startswith(f"{file}: not there") for line in verify(out).lines())


def test_a_store_that_holds_something_else_is_found(out: Path) -> None:
    build_store(out)
    assert not len(verify(out))
    made_from = (out / STORE / BUILT_FROM).read_text()
    shutil.rmtree(out / STORE)
    store = ox.Store(str(out / STORE))
    store.flush()
    del store
    (out / STORE / BUILT_FROM).write_text(made_from)
    assert next(verify(out).lines()).startswith("store: another number of triples")


def test_so_many_places_are_named_and_then_counted(out: Path) -> None:
    for _ in range(12):
        twice("claims.jsonl")(out)
    done = run("verify", "--graph", str(out))
    assert done.returncode == 1
    assert "claims.jsonl: there twice (12)" in done.stdout
    assert "… and 7 more; --all shows them" in done.stdout
    assert "12 things do not fit" in done.stdout
    assert run("verify", "--graph", str(out), "--all").stdout.count("\n  line ") == 12


def test_where_nothing_is_nothing_is_verified(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no build here"):
        verify(tmp_path / "nowhere")
    assert run("verify", "--graph", str(tmp_path / "nowhere")).returncode == 3
