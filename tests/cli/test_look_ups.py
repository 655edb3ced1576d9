"""Look-ups as people type them: what they print where, in which form, and how they end."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest
import rdflib

from nhskg import cli
from nhskg.talk import Level, talk
from samples import make_world, run

Asking = Callable[..., "Said"]


class Said:
    """What a command printed, and how it ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err
        self.lines = out.splitlines()


@pytest.fixture
def ask(world: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Asking:
    """Runs a command on the small build, in this process."""

    def asking(*arguments: str, graph: Path = world) -> Said:
        monkeypatch.setenv("NHSKG_GRAPH", str(graph))
        monkeypatch.setattr(sys, "argv", ["nhskg", *arguments])
        monkeypatch.setattr(talk, "level", Level.NORMAL)
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return Said(int(str(ended.value.code or 0)), printed.out, printed.err)

    return asking


def test_neighbours_as_plain_lines(ask: Asking) -> None:
    said = ask("neighbours", "NHS Digital", "--evidence")
    assert said.lines == [
        "NHS Digital (organisation, ODS X26)",
        "  Unison — criticised → NHS Digital [asserted 2019-05-01]",
        "    “Unison criticised NHS Digital.” (The letter, Our own, 1 May 2019)",
        "  HM Treasury — funds → NHS Digital [disputed: asserted 2019-05-01, £2m; negated, says Unison 2020-01-01]",
        "    “The Treasury funds NHS Digital with £2m.” (The letter, Our own, 1 May 2019)",
        "    “The Treasury does not fund NHS Digital, said Unison.” (The reply, Our own, 1 January 2020)",
        "  Ada Penrose — holds post → NHS Digital [asserted, formerly]",
        "    “Ada Penrose, once the chair of NHS Digital, wrote a note.” (The undated note, Our own)",
        "  NHS Digital — part of → NHS England [register, from 2023-02-01]",
    ]
    assert (said.code, said.err) == (0, "")


def test_each_edge_is_shown_once_however_far_one_goes(ask: Asking) -> None:
    lines = ask("neighbours", "NHS Digital", "--hops", "4").lines
    edges = [line.strip() for line in lines if "→" in line]
    assert len(edges) == len(set(edges)) == 12
    assert "2 steps away" in lines
    assert "  NHS England" in lines


def test_forms_of_a_piece_of_the_graph(ask: Asking) -> None:
    def written(form: str) -> str:
        said = ask("neighbours", "NHS Digital", "--format", form)
        assert said.code == 0
        return said.out

    value = json.loads(written("json"))
    assert value["entity"]["id"] == "nhs-digital"
    funds = next(s for s in value["statements"] if s["predicate"] == "funds")
    assert funds["disputed"]
    assert funds["claims"][1]["speaker_name"] == "Unison"
    assert value["structure"][0]["valid_from"] == "2023-02-01"
    rows = list(csv.DictReader(io.StringIO(written("csv"))))
    assert [row["status"] for row in rows].count("register") == 1
    assert {row["amount_text"] for row in rows} == {"£2m", ""}
    turtle = rdflib.Graph().parse(data=written("ttl"), format="turtle")
    assert (None, rdflib.RDF.type, rdflib.URIRef("https://nhskg.org/ns#Claim")) in turtle
    assert "- HM Treasury **funds** NHS Digital (disputed: asserted 2019-05-01" in written("md")
    dot = written("dot")
    assert '"hm-treasury" -> "nhs-digital" [label="funds (asserted, negated)", color=red3' in dot
    assert dot.startswith("digraph nhskg {")
    assert dot.rstrip().endswith("}")
    mermaid = written("mermaid").splitlines()
    assert mermaid[0] == "flowchart LR"
    assert any('-->|"criticised"|' in line for line in mermaid)


def test_names_are_no_syntax_in_drawings(tmp_path: Path, ask: Asking) -> None:
    from samples import DIGITAL, body, make_build, told

    odd = body("odd", 'The "Odd" [Trust] | x --> y; \\')
    graph = make_build(tmp_path, [told(odd, "funds", DIGITAL, "The odd trust funds NHS Digital.")])
    dot = ask("neighbours", "odd", "--format", "dot", graph=graph).out
    assert r'"odd" [label="The \"Odd\" [Trust] | x --> y; \\"];' in dot
    mermaid = ask("neighbours", "odd", "--format", "mermaid", graph=graph).lines
    assert mermaid[2] == '  n2["The #34;Odd#34; #91;Trust#93; #124; x --#62; y#59; #92;"]'


@pytest.mark.parametrize(
    ("command", "first"),
    [
        (("show", "RCHT"), "Royal Cornwall Hospitals NHS Trust"),
        (("path", "Treasury", "RCHT"), "3 steps: HM Treasury · NHS Digital · NHS England · Royal Cornwall Hospitals NHS Trust"),
        (("timeline", "NHSI"), "2016-04-01 NHS Improvement opened [register]"),
        (("evidence", "Unison", "NHS Digital"), "“Unison criticised NHS Digital.”"),
        (("claims", "--since", "2020"), "2020-01-01 HM Treasury — funds → NHS Digital [negated, says Unison]"),
        (("disputed",), "HM Treasury — funds → NHS Digital [disputed: asserted 2019-05-01, £2m; negated, says Unison 2020-01-01]"),
        (("promises", "--as-of", "2020-05-01"), "2020-04: NHS England — funds → Royal Cornwall Hospitals NHS Trust [planned"),
        (("search", "winter"), "Winter fund (fund)"),
        (("central", "--kind", "fund"), "1. Winter fund (fund), 2 claims, PageRank"),
    ],
)  # fmt: skip
def test_other_look_ups(ask: Asking, command: tuple[str, ...], first: str) -> None:
    said = ask(*command)
    assert said.lines[0].startswith(first)
    assert (said.code, said.err) == (0, "")
    assert ask(*command, "--format", "md").code == 0
    assert json.loads(ask(*command, "--format", "json").out)
    assert len(list(csv.DictReader(io.StringIO(ask(*command, "--format", "csv").out)))) >= 1


def test_a_claim_that_is_listed_can_be_asked_about(ask: Asking) -> None:
    listed = ask("claims", "--relation", "criticised").lines[0]
    said = ask("evidence", listed.split()[-1], "--format", "md")
    assert said.lines[0].startswith(
        "> The Treasury funds NHS Digital with £2m. **Unison criticised NHS Digital.** NHS Eng"
    )


def test_stats_name_the_build(ask: Asking, world: Path) -> None:
    assert ask("stats").lines[0] == f"{world}: 4 documents, 2019-05-01 to 2020-06-01"
    assert "10 claims in 8 statements, 1 disputed" in ask("stats").lines[1]


def test_a_digest_of_what_changed(ask: Asking, world: Path, tmp_path: Path) -> None:
    from samples import NHSE, UNISON, make_build, told

    older = make_build(tmp_path, [told(UNISON, "praised", NHSE, "Unison praised NHS England.", document="note")])
    text = ask("diff", str(older), str(world)).out
    assert "New documents (4)" in text
    assert "  The reply, Our own, 1 January 2020" in text
    assert "Claims no longer there (1)" in text
    digest = ask("diff", str(older), str(world), "--format", "md").lines
    assert digest[0] == f"# What is new in {world} since {older}"
    assert "  > “Unison criticised NHS Digital.” (The letter, Our own, 1 May 2019)" in digest
    assert ask("diff", str(world), str(world)).lines == [f"{world} says the same as {world}"]
    assert json.loads(ask("diff", str(older), str(world), "--format", "json").out)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("show", "NHS Engalnd"), 1, "nhskg: NHS Engalnd: not in the graph. Did you mean NHS England"),
        (("neighbours", "The Board"), 2, "Cornwall Board (ods-qt6)"),
        (("neighbours", "Unison", "--relation", "fund"), 1, "Did you mean funds"),
        (("neighbours", "Unison", "--status", "sad"), 2, "sad"),
        (("neighbours", "Unison", "--as-of", "spring"), 2, "spring: not a date"),
        (("neighbours", "Unison", "--since", "2030"), 1, "Unison: nothing in the graph is like that"),
        (("timeline", "NHSI", "--status", "planned"), 1, "with a date"),
        (("path", "Treasury", "NHS Digital", "--through", "structure"), 1, "no way from HM Treasury to NHS Digital over the reg"),
        (("evidence", "abcdefabcdef"), 1, "no claim has that id"),
        (("evidence", "Treasury", "Unison"), 1, "no claim between"),
        (("search", "xylophone"), 1, "in no name, and in no sentence"),
        (("timeline", "NHSI", "--format", "dot"), 2, "dot"),
        (("frobnicate",), 2, "frobnicate"),
    ],
)  # fmt: skip
def test_how_it_ends_when_there_is_no_answer(ask: Asking, arguments: tuple[str, ...], code: int, words: str) -> None:
    said = ask(*arguments)
    assert said.code == code
    assert said.out == ""
    assert words in " ".join(said.err.split())
    assert "Traceback" not in said.err


def test_nothing_found_is_an_empty_list_for_programs(ask: Asking) -> None:
    said = ask("claims", "--since", "2030", "--format", "json")
    assert (json.loads(said.out), said.code) == ([], 1)


def test_missing_and_damaged_builds_are_one_line(ask: Asking, tmp_path: Path) -> None:
    said = ask("stats", graph=tmp_path / "nowhere")
    assert (said.code, said.err.count("\n")) == (3, 1)
    assert "nhskg build PATHS --out" in said.err
    index = make_world(tmp_path / "out") / "graph.sqlite"
    index.write_bytes(index.read_bytes()[:9000])
    said = ask("claims", graph=tmp_path / "out")
    assert (said.code, said.err.count("\n")) == (3, 1)
    assert "damaged" in said.err


def test_a_cut_is_told_on_stderr_unless_it_was_asked_for(ask: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nhskg.cli_options.AT_MOST", 2)
    for command in (("claims",), ("neighbours", "NHSE"), ("timeline", "NHSE"), ("promises",), ("central",)):
        said = ask(*command)
        assert "only the first 2" in said.err, command
        assert ask(*command, "--quiet").err == ""
        assert ask(*command, "--limit", "0").err == ""
        assert ask(*command, "--limit", "1").err == ""
    assert len(ask("claims").lines) == 2
    assert len(ask("claims", "--limit", "0").lines) == 10
    assert len(json.loads(ask("claims", "--format", "json").out)) == 10


def test_quiet_and_verbose_may_stand_anywhere(ask: Asking) -> None:
    for arguments in (("--verbose", "stats"), ("stats", "--verbose"), ("stats", "-v")):
        assert "graph.sqlite" in ask(*arguments).err
    assert ask("search", "--", "-v").code == 1  # after "--" it is a word


def test_version(ask: Asking) -> None:
    assert ask("--version").out.startswith("nhskg 0")


HEAVY = (
    "spacy",
    "thinc",
    "numpy",
    "networkx",
    "rdflib",
    "pyoxigraph",
    "pyshacl",
    "pyvis",
    "pandas",
    "rich",
    "pydantic",
)


@pytest.mark.parametrize("command", ["--help", "show NHSE", "neighbours Unison", "claims", "search winter", "shwo"])
def test_heavy_libraries_are_not_imported(world: Path, command: str) -> None:
    program = (
        "import sys\nfrom nhskg.cli import main\n"
        "try: main()\nfinally: print(sorted(set(sys.modules) & set(sys.argv[0].split(','))), file=sys.stderr)"
    )
    heavy = ",".join(HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.argv = [{heavy!r}, *{command.split()!r}]\n{program}"],
        capture_output=True,
        text=True,
        env={**os.environ, "NHSKG_GRAPH": str(world)},
        check=False,
        timeout=60,
    )
    assert done.stderr.splitlines()[-1] == "[]"


def test_a_reader_that_stops_early_is_no_error(world: Path) -> None:
    command = f"'{sys.executable}' -m nhskg.cli claims --format json --graph '{world}' | head -c 5"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ""


def test_names_complete_in_the_shell(world: Path) -> None:
    def completed(words: str) -> str:
        environment = {
            **os.environ,
            "_NHSKG_COMPLETE": "complete_bash",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split())),
            "NHSKG_GRAPH": str(world),
        }
        program = "import sys; sys.argv = ['nhskg']; from nhskg.cli import main; main()"
        return subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False, timeout=60
        ).stdout

    assert "neighbours" in completed("nhskg ")
    assert "NHS England" in completed("nhskg show ")
    assert "works_with" in completed("nhskg claims --relation ")


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_a_terminal_gets_a_tree_with_colours_unless_refused(world: Path, no_color: str, coloured: bool) -> None:
    import pty

    leader, follower = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "NO_COLOR": no_color, "COLUMNS": "200"}
    if not no_color:
        del environment["NO_COLOR"]
    subprocess.run(
        [sys.executable, "-m", "nhskg.cli", "neighbours", "NHS Digital", "--graph", str(world)],
        stdout=follower,
        env=environment,
        check=True,
        timeout=60,
    )
    os.close(follower)
    shown = os.read(leader, 100_000).decode()
    os.close(leader)
    assert "├── was criticised by Unison" in shown.replace("\x1b[2m", "").replace("\x1b[0m", "")
    assert ("\x1b[32m" in shown) is coloured


@pytest.mark.model
def test_graphml_and_the_python_interface_agree(built: Path) -> None:
    from nhskg import Graph

    kg, whole = nx.read_graphml(built / "graph.graphml", force_multigraph=True), Graph.open(built).networkx()
    assert set(kg.nodes) == set(whole.nodes)
    assert kg.number_of_edges() == whole.number_of_edges()
    assert run("neighbours", "NHSSC", "--graph", str(built)).returncode == 0
