"""What a word may claim by its wording alone, whoever takes part: the frames that it fits, with the roles as each names them."""

from __future__ import annotations

from typing import NamedTuple

from nhskg.extract.conditions import fitting_roles
from nhskg.extract.lexicon import Frame, Lexicon
from nhskg.extract.roles import RoleFinder
from nhskg.extract.syntax import Roles
from nhskg.extract.triggers import frames_of, is_first_person, is_performed, is_question
from nhskg.extract.words import Word, once
from nhskg.model import Kind


class Wordings(NamedTuple):
    """The frames that a word fits, with the roles beside it.

    Attributes:
        fitting: each frame with the roles as it names them.
        places_act: whether the name of a place may stand for a body: "Barts Health serves Newham" takes it for a place.
        first_person: whether who does it is who speaks.
    """

    fitting: tuple[tuple[Frame, Roles], ...]
    places_act: bool = False
    first_person: bool = False


@once
def wordings(token: Word, finder: RoleFinder, names_person: bool) -> Wordings:
    """Gives the wordings of a word.

    Args:
        token: the word.
        finder: for the roles of its paragraph's words.
        names_person: whether it is the name of a person.
    """
    lexicon = finder.lexicon
    frames = frames_of(token, lexicon, names_person)
    if any(frame.predicate in lexicon.performative for frame in frames) and _is_courtesy(token.sent[0], lexicon):
        frames = tuple(frame for frame in frames if frame.predicate not in lexicon.performative)
    if not frames:
        return Wordings(())
    roles = finder.roles(token)
    if is_question(token) and not is_performed(token, roles):
        frames = tuple(f for f in frames if "@request" in f.words or f.predicate in lexicon.presupposed)
    found = ((frame, fitting_roles(frame, token, _as_frame(frame, token, roles), lexicon)) for frame in frames)
    return Wordings(
        fitting=tuple((frame, fitting) for frame, fitting in found if fitting is not None),
        places_act=not any(Kind.PLACE in frame.objects for frame in frames),
        first_person=is_first_person(roles),
    )


@once
def _is_courtesy(first: Word, lexicon: Lexicon) -> bool:
    """Whether the sentence that begins with a word is one of parliament's formulas, which praise and ask for nothing."""
    sentence = first.sent.text
    return any(pattern.search(sentence) for pattern in lexicon.formulas)


def _as_frame(frame: Frame, token: Word, roles: Roles) -> Roles:
    """The roles as a frame names them, where a participle passes for an adjective or an adjective for a participle."""
    if frame.part_of_speech == "verb" and token.pos_ == "ADJ" and "agent" in roles:
        return {role: words for role, words in roles.items() if role != "agent"} | {"patient": roles["agent"]}
    if frame.part_of_speech == "adjective" and token.pos_ == "VERB" and "patient" in roles:
        return roles | {"agent": roles["patient"]}
    return roles
