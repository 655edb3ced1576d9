"""The forms of English verbs, so that a word of the lexicon is known in every form, whatever the lemmatiser makes of it."""

from __future__ import annotations

import re

IRREGULAR = {
    "become": ("became", "become"),
    "build": ("built", "built"),
    "beset": ("beset", "beset"),
    "bind": ("bound", "bound"),
    "bring": ("brought", "brought"),
    "cast": ("cast", "cast"),
    "come": ("came", "come"),
    "cut": ("cut", "cut"),
    "do": ("did", "done"),
    "draw": ("drew", "drawn"),
    "drive": ("drove", "driven"),
    "fall": ("fell", "fallen"),
    "find": ("found", "found"),
    "foresee": ("foresaw", "foreseen"),
    "get": ("got", "got"),
    "go": ("went", "gone"),
    "grow": ("grew", "grown"),
    "hit": ("hit", "hit"),
    "keep": ("kept", "kept"),
    "lay": ("laid", "laid"),
    "lend": ("lent", "lent"),
    "let": ("let", "let"),
    "make": ("made", "made"),
    "meet": ("met", "met"),
    "mislead": ("misled", "misled"),
    "hear": ("heard", "heard"),
    "mishear": ("misheard", "misheard"),
    "rise": ("rose", "risen"),
    "undertake": ("undertook", "undertaken"),
    "uphold": ("upheld", "upheld"),
    "withhold": ("withheld", "withheld"),
    "overtake": ("overtook", "overtaken"),
    "foist": ("foisted", "foisted"),
    "forbid": ("forbade", "forbidden"),
    "swear": ("swore", "sworn"),
    "rebut": ("rebutted", "rebutted"),
    "seek": ("sought", "sought"),
    "stand": ("stood", "stood"),
    "step": ("stepped", "stepped"),
    "sweep": ("swept", "swept"),
    "swell": ("swelled", "swollen"),
    "tear": ("tore", "torn"),
    "throw": ("threw", "thrown"),
    "wind": ("wound", "wound"),
    "win": ("won", "won"),
    "withdraw": ("withdrew", "withdrawn"),
    "beg": ("begged", "begged"),
    "buy": ("bought", "bought"),
    "choose": ("chose", "chosen"),
    "fight": ("fought", "fought"),
    "give": ("gave", "given"),
    "hold": ("held", "held"),
    "lead": ("led", "led"),
    "leave": ("left", "left"),
    "overrule": ("overruled", "overruled"),
    "oversee": ("oversaw", "overseen"),
    "pay": ("paid", "paid"),
    "put": ("put", "put"),
    "quit": ("quit", "quit"),
    "run": ("ran", "run"),
    "say": ("said", "said"),
    "sell": ("sold", "sold"),
    "send": ("sent", "sent"),
    "set": ("set", "set"),
    "shut": ("shut", "shut"),
    "sit": ("sat", "sat"),
    "speak": ("spoke", "spoken"),
    "spend": ("spent", "spent"),
    "take": ("took", "taken"),
    "tell": ("told", "told"),
    "write": ("wrote", "written"),
}
DOUBLED = frozenset(
    (
        "commit",
        "scrap",
        "plan",
        "sub",
        "step",
        "chip",
        "stop",
        "drop",
        "slam",
        "beg",
        "bar",
        "ban",
        "cap",
        "rap",
        "bin",
        "quit",
        "pen",
        "pin",
        "equip",
        "rebut",
        "refer",
        "permit",
        "submit",
        "shut",
        "set",
        "run",
        "cut",
        "hit",
        "get",
        "win",
        "let",
        "put",
        "rebel",
        "plug",
        "trim",
        "snub",
    )
)
"""Verbs whose last consonant is written twice before a vowel; British English adds those in an l after one vowel."""
DOUBLED_L = re.compile(r"(?:[a-z]*[aeiou][a-z]*[^aeiou][aeiou]|[a-z]*ia)l$")


def inflect(lemma: str, form: str) -> str:
    """Gives a form of a verb: ``s``, ``past``, ``participle``, ``ing`` or ``base``.

    >>> inflect("scrap", "past"), inflect("notify", "s"), inflect("lead", "past"), inflect("cancel", "past")
    ('scrapped', 'notifies', 'led', 'cancelled')
    """
    vowel_y = lemma.endswith("y") and lemma[-2] not in "aeiou"
    stem = lemma + lemma[-1] if lemma in DOUBLED or DOUBLED_L.match(lemma) else lemma
    if form == "s":
        return lemma[:-1] + "ies" if vowel_y else lemma + ("es" if lemma.endswith(("s", "x", "ch", "sh", "o")) else "s")
    if form in ("past", "participle"):
        if lemma in IRREGULAR:
            return IRREGULAR[lemma][form == "participle"]
        if vowel_y:
            return lemma[:-1] + "ied"
        return lemma + "d" if lemma.endswith("e") else stem + "ed"
    if form == "ing":
        return (lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else stem) + "ing"
    return lemma


def forms(lemma: str) -> frozenset[str]:
    """All forms of a verb; British "-ll-" and "-s-" are the lexicon's spelling, American ones come with them.

    >>> sorted(forms("scrap"))
    ['scrap', 'scrapped', 'scrapping', 'scraps']
    """
    spellings = [lemma, lemma[:-2] + "ze"] if lemma.endswith("ise") else [lemma]
    return frozenset(
        inflect(spelling, form) for spelling in spellings for form in ("base", "s", "past", "participle", "ing")
    )
