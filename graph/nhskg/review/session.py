"""Deciding one item after the other, by words that are typed or piped in. Each decision is kept at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from nhskg.corrections.decisions import OWN_VOICE, Field, decision_of
from nhskg.corrections.references import Reference, refer_to, reference
from nhskg.corrections.table import append
from nhskg.errors import NhskgError
from nhskg.lookup.graph import Graph
from nhskg.model import Entity
from nhskg.register import load_register
from nhskg.render.words import cited, claim_words, entity_words, triple
from nhskg.resolve.state import registered_entity
from nhskg.review.items import Item
from nhskg.review.kinds import Why
from nhskg.review.rows import Signature, check, claim_cells

VERBS = ("accept", "reject", "merge", "skip", "split", "rename", "relabel", "distinct", "add", "help", "quit")
"""In this order, so that a beginning means the first that fits: ``s`` is skip, ``sp`` split."""
HELP = """\
  accept [N]                    claim N is right
  reject [N]                    claim N is not what the sentence says
  relabel [N] FIELD VALUE       FIELD: predicate, status, speaker ("document": its own voice), subject, object; or: direction
  add S | RELATION | O [| STATUS [| SPEAKER]]    another claim in this sentence
  split [N] NAME = OTHER        in this document, NAME is OTHER
  merge [N or NAME]             the first is the second, or number N, or NAME
  distinct                      they are not one, and none of these is it
  rename [N] NAME               number N is to be called NAME
  skip, or Enter                go on; quit: stop. What is decided is kept
  The first letters of a word do; [N] is 1 unless said. A name that is new needs its kind: Ada Penrose [person]"""
DONE, MORE, STOP = range(3)


class NotUnderstood(ValueError):
    """What was typed makes no decision; the message says why."""


@dataclass(slots=True)
class Session:
    """A review.

    Attributes:
        ask: gives the answer to a question, None at the end of what is typed or piped in.
        say: shows a line.
        path: where decisions are kept.
        kept: how many there are so far.
    """

    graph: Graph
    path: Path
    signature: Signature
    ask: Callable[[str], str | None]
    say: Callable[[str], None]
    kept: int = 0

    def run(self, items: Iterable[Item]) -> int:
        """Goes through items until there are no more or somebody quits, and gives how many decisions were kept."""
        every = list(items)
        for number, item in enumerate(every, start=1):
            self.say(f"\n[{number} of {len(every)}] {item.why}: {item.question}")
            self._show(item)
            open_claims = set(range(len(item.claims)))
            while True:
                answer = self.ask("decide (help, skip, quit)> ")
                if answer is None:
                    return self.kept
                try:
                    outcome = self._decide(item, answer.strip(), open_claims)
                except (NotUnderstood, NhskgError) as error:
                    self.say(f"  {error}")
                    continue
                if outcome == STOP:
                    return self.kept
                if outcome == DONE:
                    break
        return self.kept

    def _show(self, item: Item) -> None:
        for number, claim in enumerate(item.claims, start=1):
            self.say(f"  {number}. {triple(self.graph, claim)} [{claim_words(self.graph, claim)}]")
            self.say(f"     {cited(self.graph, [claim])[0]}")
        for number, entity in enumerate(item.entities, start=1):
            self.say(f"  {number}. {entity_words(entity)} {entity.id}")
            if entity.aliases:
                self.say(f"     also called {'; '.join(entity.aliases)}")

    def _decide(self, item: Item, answer: str, open_claims: set[int]) -> int:
        typed, _, rest = answer.partition(" ")
        verb = next((verb for verb in VERBS if verb.startswith(typed.lower())), "") if typed else "skip"
        rest = rest.strip()
        if verb == "help":
            self.say(HELP)
            return MORE
        if verb in ("skip", "quit"):
            return DONE if verb == "skip" else STOP
        if not verb:
            raise NotUnderstood(f"{typed}: not understood; help lists what can be said")
        if verb in ("merge", "distinct") or (verb == "rename" and item.entities):
            return self._on_entities(item, verb, rest)
        return self._on_claims(item, verb, rest, open_claims)

    def _on_entities(self, item: Item, verb: str, rest: str) -> int:
        if not item.entities:
            raise NotUnderstood(f"{verb} is about entities; here are claims: accept, reject, relabel, split")
        number, rest = _number(rest, item.entities)
        if verb == "rename":
            if not rest:
                raise NotUnderstood("rename needs the new name")
            self._keep(action=verb, subject=str(refer_to(item.entities[number or 0])), to=rest)
            return MORE
        first = str(refer_to(item.entities[0]))
        if verb == "merge":
            if not rest and number is None and len(item.entities) < 2:
                raise NotUnderstood("merge needs the name of what it is")
            other = str(self._meant(rest)) if rest else str(refer_to(item.entities[1 if number is None else number]))
            if number == 0 and not rest and item.why is Why.MERGE:  # "merge 1": into the first
                first, other = str(refer_to(item.entities[1])), first
            if other == first:
                raise NotUnderstood(f"{first} is itself; merge it with another number or name")
            self._keep(action=verb, subject=first, to=other)
            return DONE
        others = item.entities[1:] if number in (None, 0) else (item.entities[number or 0],)
        if not others:
            self._keep(action="rename", subject=first, to=item.entities[0].name)
            return DONE
        reason = self._reason()
        for entity in others:
            self._keep(reason, action=verb, subject=first, object=str(refer_to(entity)))
        return DONE

    def _on_claims(self, item: Item, verb: str, rest: str, open_claims: set[int]) -> int:
        if not item.claims:
            raise NotUnderstood(f"{verb} is about claims; here are entities: merge, distinct, rename")
        number, rest = _number(rest, item.claims)
        claim = item.claims[number or 0]
        cells = claim_cells(self.graph, claim)
        if verb in ("accept", "reject"):
            if number is None and len(item.claims) > 1:
                raise NotUnderstood(f"which one? {verb} 1, {verb} 2 …")
            self._keep(action=verb, **cells)
            open_claims.discard(number or 0)
            return MORE if open_claims else DONE
        if verb == "relabel":
            field, _, value = rest.partition(" ")
            if field in (Field.SUBJECT, Field.OBJECT) or (field == Field.SPEAKER and value.strip() != OWN_VOICE):
                value = str(self._meant(value))
            self._keep(action=verb, **cells, field=field, to=value.strip())
        elif verb == "split":
            name, equals, other = rest.partition("=")
            if not equals:
                raise NotUnderstood("split needs both names: split NAME = OTHER")
            subject, to = str(self._meant(name)), str(self._meant(other))
            self._keep(action=verb, document=claim.evidence.document, subject=subject, to=to)
        elif verb == "rename":
            name, equals, other = rest.partition("=")
            if not equals:
                raise NotUnderstood("here rename needs both names: rename NAME = NEW NAME")
            self._keep(action=verb, subject=str(self._meant(name)), to=other.strip())
        else:
            self._add(rest, cells)
        return MORE

    def _add(self, rest: str, cells: dict[str, str]) -> None:
        parts = [part.strip() for part in rest.split("|")]
        if len(parts) not in (3, 4, 5):
            raise NotUnderstood("add needs a claim: add SUBJECT | RELATION | OBJECT [| STATUS [| SPEAKER]]")
        subject, predicate, object_, status, speaker = [*parts, "", ""][:5]
        self._keep(
            action="add",
            document=cells["document"],
            quote=cells["quote"],
            subject=str(self._meant(subject)),
            predicate=predicate,
            object=str(self._meant(object_)),
            status=status,
            speaker=str(self._meant(speaker)) if speaker and speaker != OWN_VOICE else "",
        )

    def _keep(self, reason: str | None = None, **cells: str) -> None:
        """Keeps a decision, after asking why."""
        row = self.signature.under(**cells)
        try:
            decision, _ = decision_of(row)
            check(decision, self.graph)
        except ValueError as error:
            raise NotUnderstood(str(error)) from error
        append(self.path, [{**row, "reason": self._reason() if reason is None else reason}])
        self.kept += 1
        self.say(f"  kept: {decision.words}")

    def _reason(self) -> str:
        return " ".join((self.ask("reason, or Enter> ") or "").split())

    def _meant(self, name: str) -> Reference:
        """The entity that a name means: in the build, in the register, or a new one that says its kind."""
        wanted = reference(name)
        if wanted is None:
            raise NotUnderstood("the name is missing")
        if wanted.kind:
            return wanted
        try:
            return refer_to(self.graph.find(wanted.id or wanted.name))
        except NhskgError as error:
            register = load_register()
            ids = (
                register.forms.get(wanted.name, ())
                if not wanted.id
                else [i for i in (wanted.id,) if i in register.bodies]
            )
            bodies: list[Entity] = [registered_entity(register.bodies[identifier]) for identifier in ids]
            if len(bodies) == 1:
                return refer_to(bodies[0])
            raise NotUnderstood(f"{error} Something new needs its kind: {wanted.words} [organisation]") from error


def _number(rest: str, numbered: tuple[object, ...]) -> tuple[int | None, str]:
    """The place that a number at the beginning means, and what follows it."""
    first, _, after = rest.partition(" ")
    if not first.isdigit():
        return None, rest
    if not 1 <= int(first) <= len(numbered):
        raise NotUnderstood(f"there is no number {first} here")
    return int(first) - 1, after.strip()
