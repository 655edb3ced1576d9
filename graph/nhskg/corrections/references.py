"""How a table for people names an entity: ``NHS England [nhs-england]``, or by name alone, and what that means.

The name is for people, the id decides. Without an id the name does, among the entities of the document and then the bodies
of the register; a new entity is written with its kind: ``Ada Penrose [person]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from nhskg.finding import name_key
from nhskg.model import Entity, Kind
from nhskg.register import Register
from nhskg.resolve.identifiers import PREFIXES, entity_id
from nhskg.resolve.state import registered_entity

WRITTEN = re.compile(r"(?s)(?P<name>.*?)\s*\[(?P<mark>[^\[\]\s]+)\]")
KINDS = {prefix: kind for kind, prefix in PREFIXES.items()}


class Unknown(ValueError):
    """No entity is meant; the message says why, and what to write instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An entity as somebody wrote it; one of ``id`` and ``name`` is not empty."""

    name: str = ""
    id: str = ""
    kind: Kind | None = None

    def __str__(self) -> str:
        mark = self.id or self.kind or ""
        return f"{self.name} [{mark}]".lstrip() if mark else self.name

    @property
    def words(self) -> str:
        """The name, or the id where there is none."""
        return self.name or self.id

    @property
    def keys(self) -> tuple[str, ...]:
        """What two references to one thing share one of: the id, the name."""
        return tuple(filter(None, (self.id and f"id {self.id}", self.name and f"name {name_key(self.name)}")))


def reference(written: str) -> Reference | None:
    """Reads a reference; None for an empty cell.

    >>> reference("NHS England [nhs-england]")
    Reference(name='NHS England', id='nhs-england', kind=None)
    """
    written = written.strip()
    if not written:
        return None
    match = WRITTEN.fullmatch(written)
    if not match:
        return Reference(name=written)
    mark = match["mark"]
    return (
        Reference(name=match["name"], kind=Kind(mark)) if mark in set(Kind) else Reference(name=match["name"], id=mark)
    )


def refer_to(entity: Entity) -> Reference:
    """Gives the reference to an entity."""
    return Reference(name=" ".join(entity.name.split()), id=entity.id)


def is_told_apart(entity: Entity) -> bool:
    """Whether it is named after its document, "Plan (in Drawing the map)", which is no name of anything else."""
    return entity.name.endswith(")") and " (in " in entity.name


def are_same(one: Reference | None, other: Reference | None) -> bool:
    """Whether two references are to one thing: by id where both have one, else by name."""
    if one is None or other is None:
        return one is other
    return one.id == other.id if one.id and other.id else name_key(one.words) == name_key(other.words)


def meant(wanted: Reference, entities: Iterable[Entity]) -> list[Entity]:
    """Gives the entities that a reference means; several where they share the name."""
    if wanted.id:
        return [entity for entity in entities if entity.id == wanted.id]
    key = name_key(wanted.name)
    fitting = [entity for entity in entities if wanted.kind in (None, entity.kind)]
    named = [entity for entity in fitting if key in (name_key(entity.name), name_key(entity.id))]
    return named or [entity for entity in fitting if key in map(name_key, (entity.ods_code, *entity.aliases))]


def target(wanted: Reference, entities: Iterable[Entity], register: Register, kind: Kind | None = None) -> Entity:
    """Gives the entity that a reference is to, be it in the document or not.

    Args:
        wanted: the reference.
        entities: those of the document.
        register: the register in use.
        kind: what a new entity is, where the reference does not say.

    Raises:
        Unknown: if nothing has that id or name, or several have.
    """
    here = meant(wanted, entities)
    if len(here) == 1:
        return here[0]
    if len(here) > 1:
        raise Unknown(f"{wanted} may be {' or '.join(str(refer_to(entity)) for entity in here)}; write one of these")
    if wanted.id:
        if wanted.id in register.bodies:
            return registered_entity(register.bodies[wanted.id])
        prefix = wanted.id.partition("-")[0]
        if prefix not in KINDS:
            raise Unknown(f"{wanted}: neither the documents nor the register have that id")
        return Entity(
            id=wanted.id, kind=KINDS[prefix], name=wanted.name or wanted.id.partition("-")[2].replace("-", " ")
        )
    kind = wanted.kind or kind
    known = register.forms.get(wanted.name, ())
    bodies = [registered_entity(register.bodies[identifier]) for identifier in known]
    bodies = [body for body in bodies if wanted.kind in (None, body.kind)]
    if len(bodies) == 1:
        return bodies[0]
    if len(bodies) > 1:
        raise Unknown(f"{wanted} may be {' or '.join(str(refer_to(body)) for body in bodies)}; write one of these")
    if kind is None:
        raise Unknown(
            f"{wanted}: nothing in the document or the register is called so; for something new write its kind behind it: "
            f"{replace(wanted, kind=Kind.ORGANISATION)}"
        )
    return Entity(id=entity_id(kind, wanted.name), kind=kind, name=wanted.name)
