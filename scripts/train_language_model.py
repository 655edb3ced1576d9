#!/usr/bin/env python3
"""Trains the language model that the package ships.

Two stages, because they learn from different texts: ``parse`` (tags, lemmas, dependencies, sentence boundaries) from both
treebanks and from short sentences made from the lexicon, ``names`` (PERSON, ORG, PLACE) from the sentences labelled in
``seeds/names``. Both start from the word vectors that ``word_vectors.py`` distils. ``ship`` puts the two together into the
package.

    python scripts/word_vectors.py --out /tmp/model/vectors.npz
    python scripts/train_language_model.py parse --work /tmp/model
    python scripts/train_language_model.py names --work /tmp/model
    python scripts/train_language_model.py ship --work /tmp/model
"""

from __future__ import annotations

import os

if __name__ == "__main__":  # two trainings side by side; BLAS reads these when NumPy is first imported
    os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")

import argparse
import json
from pathlib import Path
from random import Random
from typing import Any, cast

import numpy as np
import spacy
from spacy.language import Language
from spacy.strings import hash_string
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, DocBin
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, load_config
from spacy.vectors import Vectors
from thinc.api import NumpyOps, set_current_ops

from labelled_names import NameLists, read_labelled_names, split
from nhskg.register import load_register
from short_sentences import Maker, short_sentences
from treebanks import Paragraph, Sentence, read_paragraphs, to_doc

ROOT = Path(__file__).resolve().parents[1]
TREEBANKS = ROOT.parent / "shared" / "treebanks"
CONFIG = Path(__file__).with_name("language_model.cfg")
SHIPPED = ROOT / "graph" / "nhskg" / "language_model"

PRESETS: dict[str, dict[str, Any]] = {
    "small": {"components.tok2vec.model.encode.width": 96, "training.max_steps": 6000},
    "full": {
        "components.tok2vec.model.encode.width": 128,
        "components.tok2vec.model.embed.rows": [3000, 1500, 3000, 2500],
        "components.parser.model.hidden_width": 128,
        "training.max_steps": 8000,
        "training.dropout": 0.2,
        "training.batcher.size": 1500,
        "training.eval_frequency": 1000,
    },
}
NAMES_PRESET: dict[str, Any] = {
    "components.tok2vec.model.encode.width": 64,
    "components.tok2vec.model.encode.depth": 3,
    "components.tok2vec.model.embed.rows": [3000, 1000, 1500, 1500],
    "training.max_steps": 7000,
    "training.eval_frequency": 400,
    "training.dropout": 0.3,
}
SHORT_SENTENCES = 2500
"""Documents of one to three short sentences made from the lexicon: about one word in twenty of the training text."""

VARIATIONS = 20
"""How often each labelled sentence is repeated with other names in it."""

SENTENCES = 4
"""Sentences of one training document: the cost of the parser's oracle grows with the square of the length."""


def parse_documents(name: str, part: str, *, no_names: bool = False) -> list[Doc]:
    """Gives the training documents of one part (train, dev, test) of one treebank (ewt, gum)."""
    vocab = spacy.blank("en").vocab
    paragraphs = list(read_paragraphs(TREEBANKS / f"{name}-{part}.conllu"))
    documents = [
        to_doc(vocab, run, no_names=no_names) for paragraph in paragraphs for run in _runs(paragraph.sentences)
    ]
    if part == "train":  # a second reading: without paragraph breaks, with curly quotation marks
        documents += [
            to_doc(vocab, run, curl=True, no_names=no_names)
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
        documents = [d for name in ("ewt", "gum") for d in parse_documents(name, part)]
        if part == "train":
            documents += short_sentences(documents[0].vocab, sentence_maker(), SHORT_SENTENCES)
        paths[f"paths.{part}"] = str(_write(documents, work / f"parse-{part}.spacy"))
    paths["initialize.vectors"] = str(vectors_pipeline(work))
    config = load_config(CONFIG, overrides={**paths, **PRESETS[preset]})
    return _train(config, work / f"parse-{preset}")


def sentence_maker() -> Maker:
    """The maker of short sentences, with the names of ``seeds/names/lists``."""
    lists = NameLists.read(ROOT / "seeds" / "names" / "lists", load_register())
    bodies = [name for name in lists.bodies + lists.acronyms if name.replace(" ", "").isalpha() and name.count(" ") < 2]
    lexicon = ROOT / "ontology" / "lexicon.toml"
    return Maker(lexicon, bodies, (list(lists.given), list(lists.surnames)), Random(0))


def vectors_pipeline(work: Path) -> Path:
    """Writes an empty pipeline with the vectors of ``word_vectors.py``, looked up by norm; gives its folder.

    By norm, because ``nhskg.extract.names`` gives a merged name the norm of a word that the model knows.
    """
    read = np.load(work / "vectors.npz")
    nlp = spacy.blank("en")
    vectors = Vectors(data=read["vectors"], name="nhskg", attr="NORM")
    for word, row in zip(read["words"], read["rows"], strict=True):
        vectors.add(hash_string(str(word)), row=int(row))
    nlp.vocab.vectors = vectors
    nlp.to_disk(work / "vectors")
    return work / "vectors"


def train_names(work: Path) -> Path:
    """Trains the recogniser of names, on word vectors and features of its own; gives the folder of the best.

    Of its own, so that our few sentences cannot disturb what the parser has learned from the treebanks. From these it
    learns only what is no name: whatever is not a proper noun, nor beside one.
    """
    vocab = spacy.blank("en").vocab
    parts = [split(read_labelled_names(ROOT / "seeds" / "names" / folder)) for folder in (".", "hard")]
    to_train = [sentence for part in parts for sentence in part.train]
    lists = NameLists.read(ROOT / "seeds" / "names" / "lists", load_register())
    varied = [
        lists.vary(sentence, Random(f"{turn} {sentence.text}")) for turn in range(VARIATIONS) for sentence in to_train
    ]
    documents = {
        "train": [
            *(document for name in ("ewt", "gum") for document in parse_documents(name, "train", no_names=True)),
            *(sentence.to_doc(vocab) for sentence in to_train * 2 + varied),
        ],
        "dev": [sentence.to_doc(vocab) for part in parts for sentence in part.develop],
    }
    paths = {f"paths.{part}": str(_write(docs, work / f"names-{part}.spacy")) for part, docs in documents.items()}
    paths["initialize.vectors"] = str(vectors_pipeline(work))
    config = load_config(CONFIG, overrides={**paths, **NAMES_PRESET}).interpolate()
    components = config["components"]
    model = components["parser"]["model"] | {"state_type": "ner", "tok2vec": components["tok2vec"]["model"]}
    config["components"] = {"ner": {"factory": "ner", "model": model}}
    config["nlp"]["pipeline"] = ["ner"]
    config["training"]["score_weights"] = {"ents_f": 1.0}
    return _train(config, work / "names")


def keep_runs_of_punctuation(nlp: Language) -> None:
    """Makes "!!!", "====" and "and/or" the tokens that the treebanks have; spaCy's rules cut every mark by itself."""
    defaults: Any = nlp.Defaults
    tokeniser = cast("Tokenizer", nlp.tokenizer)
    runs = [r"[!?]{2,}", r"[=_*~<>#$-]{2,}", r"\.{4,}"]
    tokeniser.prefix_search = compile_prefix_regex([*runs, *defaults.prefixes]).search
    tokeniser.suffix_search = compile_suffix_regex([*runs, *defaults.suffixes]).search
    tokeniser.infix_finditer = compile_infix_regex([*defaults.infixes, r"(?<=[A-Za-z])/(?=[A-Za-z]{2})"]).finditer
    for word in ("e-mail", "E-mail", "etc.", "al."):
        tokeniser.add_special_case(word, [{"ORTH": word}])
    tokeniser.add_special_case("and/or", [{"ORTH": "and"}, {"ORTH": "/"}, {"ORTH": "or"}])


def ship(work: Path, preset: str, target: Path) -> None:
    """Writes the trained pipeline where the package looks for it, with the sources and licences in its ``meta.json``."""
    nlp = spacy.load(work / f"parse-{preset}" / "model-best")
    nlp.add_pipe("ner", source=spacy.load(work / "names" / "model-best"))
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
            {
                "name": "all-MiniLM-L6-v2 (word vectors distilled from it)",
                "license": "Apache-2.0",
                "url": "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
            },
            {
                "name": "wordfreq (choice of the words that have vectors)",
                "license": "CC BY-SA 4.0 (data)",
                "url": "https://github.com/rspeer/wordfreq",
            },
            {"name": "nhskg labelled names (seeds/names)", "license": "Apache-2.0", "url": ""},
        ],
    )
    nlp.meta["performance"] = {}
    nlp.to_disk(target)
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
    parser.add_argument("stage", choices=["parse", "names", "ship"])
    parser.add_argument("--preset", choices=sorted(PRESETS), default="full")
    parser.add_argument("--work", type=Path, required=True, help="folder for training files and checkpoints")
    parser.add_argument("--target", type=Path, default=SHIPPED, help="where ship writes the model")
    arguments = parser.parse_args()
    if arguments.stage == "parse":
        train_parse(arguments.work, arguments.preset)
    elif arguments.stage == "names":
        train_names(arguments.work)
    else:
        ship(arguments.work, arguments.preset, arguments.target)


if __name__ == "__main__":
    main()
