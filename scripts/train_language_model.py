#!/usr/bin/env python3
"""Trains the language model that the package ships.

Stages, because they learn from different texts: ``parse`` (tags, lemmas, dependencies, sentence boundaries) from
both treebanks, then ``names`` (PERSON, ORG, PLACE), which goes on from there with GUM's names and the sentences labelled
in ``seeds/names``. EWT has no names marked: there they are missing, not absent. ``polish`` goes on with our own sentences'
names only: better for names, a little worse for dependencies, so ``ship`` writes the result of ``names`` into the package
unless ``--result polish`` asks for the other.

    python scripts/train_language_model.py parse --work /tmp/model
    python scripts/train_language_model.py names --work /tmp/model
    python scripts/train_language_model.py ship --work /tmp/model
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from random import Random
from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, DocBin
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, load_config
from thinc.api import NumpyOps, set_current_ops

from labelled_names import NameLists, read_labelled_names, split
from nhskg.register import load_register
from treebanks import Paragraph, Sentence, read_paragraphs, to_doc

ROOT = Path(__file__).resolve().parents[1]
TREEBANKS = ROOT.parent / "shared" / "treebanks"
CONFIG = Path(__file__).with_name("language_model.cfg")
SHIPPED = ROOT / "graph" / "nhskg" / "language_model"

PRESETS: dict[str, dict[str, Any]] = {
    "small": {"components.tok2vec.model.encode.width": 96, "training.max_steps": 6000},
    "full": {
        "components.tok2vec.model.encode.width": 128,
        "components.tok2vec.model.embed.rows": [10000, 2000, 4000, 2500],
        "components.parser.model.hidden_width": 128,
        "training.max_steps": 12000,
        "training.dropout": 0.2,
        "training.batcher.size": 1500,
        "training.eval_frequency": 500,
    },
}
NAMES_STEPS = 3200
POLISH_STEPS = 1600
VARIATIONS = 14
"""How often each labelled sentence is repeated with other names in it."""

SENTENCES = 4
"""Sentences of one training document: the cost of the parser's oracle grows with the square of the length."""


def parse_documents(name: str, part: str, *, both_readings: bool, entities: bool = True) -> list[Doc]:
    """Gives the training documents of one part (train, dev, test) of one treebank (ewt, gum); GUM has names as well."""
    vocab = spacy.blank("en").vocab
    paragraphs = list(read_paragraphs(TREEBANKS / f"{name}-{part}.conllu"))
    documents = [
        to_doc(vocab, run, entities=entities and name == "gum")
        for paragraph in paragraphs
        for run in _runs(paragraph.sentences)
    ]
    if both_readings:
        documents += [
            to_doc(vocab, run, curl=True, entities=entities and name == "gum")
            for whole in _whole_documents(paragraphs)
            for run in _runs(whole)
        ]
    return documents


def _runs(sentences: tuple[Sentence, ...]) -> list[tuple[Sentence, ...]]:
    return [sentences[start : start + SENTENCES] for start in range(0, len(sentences), SENTENCES)]


def _whole_documents(paragraphs: list[Paragraph]) -> list[tuple[Sentence, ...]]:
    """The sentences of each document, without its paragraph breaks."""
    whole: dict[str, tuple[Sentence, ...]] = {}
    for paragraph in paragraphs:
        whole[paragraph.document] = whole.get(paragraph.document, ()) + paragraph.sentences
    return list(whole.values())


def train_parse(work: Path, preset: str) -> Path:
    """Trains tags, lemmas, dependencies and sentence boundaries; gives the folder of the best pipeline."""
    paths = {}
    for part in ("train", "dev"):
        documents = [d for name in ("ewt", "gum") for d in parse_documents(name, part, both_readings=part == "train")]
        paths[f"paths.{part}"] = str(_write(documents, work / f"parse-{part}.spacy"))
    config = load_config(CONFIG, overrides={**paths, **PRESETS[preset]})
    return _train(config, work / f"parse-{preset}")


def train_names(work: Path, preset: str, *, polish: bool = False) -> Path:
    """Teaches the pipeline of ``train_parse`` names as well, on the same word vectors; gives the folder of the best.

    ``polish`` goes on from the result, at half the rate and without GUM's names: they taught what a name looks like, but
    GUM calls other things organisations and places than we do.

    Sharing the vectors costs less time and space than a second set, and what they learned from the treebanks tells
    names from other words, which the few labelled sentences alone would not.
    """
    vocab = spacy.blank("en").vocab
    ours = split(read_labelled_names(ROOT / "seeds" / "names"))
    lists = NameLists.read(ROOT / "seeds" / "names" / "lists", load_register())
    varied = [
        lists.vary(sentence, Random(f"{turn} {sentence.text}")) for turn in range(VARIATIONS) for sentence in ours.train
    ]
    kept = [*ours.train] * 2
    documents = {
        "train": [
            *parse_documents("ewt", "train", both_readings=True),
            *parse_documents("gum", "train", both_readings=True, entities=not polish),
            *(sentence.to_doc(vocab) for sentence in kept + varied),
        ],
        "dev": [
            *parse_documents("ewt", "dev", both_readings=False),
            *parse_documents("gum", "dev", both_readings=False, entities=not polish),
            *(sentence.to_doc(vocab) for sentence in ours.develop),
        ],
    }
    paths = {f"paths.{part}": str(_write(docs, work / f"names-{part}.spacy")) for part, docs in documents.items()}
    config = load_config(CONFIG, overrides={**paths, **PRESETS[preset]}).interpolate()
    source = str(work / f"{'names' if polish else 'parse'}-{preset}" / "model-best")
    names = {
        "factory": "ner",
        "model": {**config["components"]["parser"]["model"], "state_type": "ner", "hidden_width": 64},
    }
    config["components"] = {
        # spaCy 3.8 loses track of a sourced lemmatiser's labels, so that one starts afresh; it learns within minutes.
        name: config["components"][name] if name == "trainable_lemmatizer" else {"source": source}
        for name in config["nlp"]["pipeline"]
    } | {"ner": {"source": source} if polish else names}
    config["nlp"]["pipeline"] = [*config["nlp"]["pipeline"], "ner"]
    config["training"]["score_weights"] = {
        "pos_acc": 0.1,
        "lemma_acc": 0.1,
        "dep_las": 0.4,
        "sents_f": 0.1,
        "ents_f": 0.3,
    }
    config["training"]["max_steps"] = NAMES_STEPS
    config["training"]["optimizer"]["learn_rate"]["total_steps"] = NAMES_STEPS
    config["training"]["eval_frequency"] = 400
    if polish:
        config["training"]["max_steps"] = POLISH_STEPS
        config["training"]["optimizer"]["learn_rate"].update(initial_rate=0.0005, total_steps=POLISH_STEPS)
    return _train(config, work / f"{'polish' if polish else 'names'}-{preset}")


def keep_runs_of_punctuation(nlp: Language) -> None:
    """Makes "!!!", "====" and "and/or" the tokens that the treebanks have; spaCy's rules cut every mark by itself."""
    defaults: Any = nlp.Defaults
    tokeniser = cast("Tokenizer", nlp.tokenizer)
    runs = [r"[!?]{2,}", r"[=_*~<>#$-]{2,}", r"\.{4,}"]
    tokeniser.prefix_search = compile_prefix_regex([*runs, *defaults.prefixes]).search
    tokeniser.suffix_search = compile_suffix_regex([*runs, *defaults.suffixes]).search
    tokeniser.infix_finditer = compile_infix_regex([*defaults.infixes, r"(?<=[A-Za-z])/(?=[A-Za-z]{2})"]).finditer
    for word in ("e-mail", "E-mail"):
        tokeniser.add_special_case(word, [{"ORTH": word}])


def ship(work: Path, preset: str, stage: str, target: Path) -> None:
    """Writes the trained pipeline where the package looks for it, with the sources and licences in its ``meta.json``."""
    nlp = spacy.load(work / f"{stage}-{preset}" / "model-best")
    keep_runs_of_punctuation(nlp)
    nlp.meta.update(
        name="nhskg",
        version="0.1.0",
        description="English tags, lemmas, Universal Dependencies and names for documents on the health service.",
        author="nhskg",
        license="CC BY-SA 4.0",
        sources=[
            {"name": "UD_English-EWT", "license": "CC BY-SA 4.0", "url": "https://universaldependencies.org"},
            {
                "name": "UD_English-GUM (genres with free texts)",
                "license": "CC BY 4.0 (annotations); CC BY, CC BY-SA, public domain (texts)",
                "url": "https://gucorpling.org/gum/",
            },
            {"name": "nhskg labelled names (seeds/names)", "license": "Apache-2.0", "url": ""},
        ],
    )
    nlp.meta["performance"] = {}
    nlp.to_disk(target, exclude=["vocab.vectors"])
    size = sum(file.stat().st_size for file in target.rglob("*") if file.is_file())
    print(json.dumps({"model": str(target), "megabytes": round(size / 1e6, 1), "pipeline": nlp.pipe_names}))


def _write(documents: list[Doc], path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    DocBin(docs=documents, store_user_data=False).to_disk(path)
    return path


def _train(config: Any, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    nlp = init_nlp(config)
    train_loop(nlp, folder)
    return folder / "model-best"


def main() -> None:
    # NumPy's OpenBLAS knows newer processors than the BLIS that thinc bundles: here it was four times as fast.
    set_current_ops(NumpyOps(use_blis=False))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stage", choices=["parse", "names", "polish", "ship"])
    parser.add_argument("--preset", choices=sorted(PRESETS), default="full")
    parser.add_argument("--work", type=Path, required=True, help="folder for training files and checkpoints")
    parser.add_argument(
        "--result", choices=["names", "polish"], default="names", help="which stage's result ship takes"
    )
    parser.add_argument("--target", type=Path, default=SHIPPED, help="where ship writes the model")
    arguments = parser.parse_args()
    if arguments.stage == "parse":
        train_parse(arguments.work, arguments.preset)
    elif arguments.stage in ("names", "polish"):
        train_names(arguments.work, arguments.preset, polish=arguments.stage == "polish")
    else:
        ship(arguments.work, arguments.preset, arguments.result, arguments.target)


if __name__ == "__main__":
    main()
