"""The language model: finding it, checking that its labels are understood, running it."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import cast

from spacy.language import Language
from spacy.tokenizer import Tokenizer

from nhskg.errors import ModelError
from nhskg.extract.garden_paths import mend
from nhskg.extract.lexicon import load_lexicon
from nhskg.extract.names import NameFinder
from nhskg.extract.paragraphs import find_paragraphs
from nhskg.extract.sums_in_parses import mend_sums
from nhskg.extract.tok2vec import speed_up
from nhskg.extract.words import Paragraph
from nhskg.model import Document
from nhskg.resources import LANGUAGE_MODEL


@functools.cache
def load_language_model(name: str = "") -> Language:
    """Loads the packaged model, or another spaCy pipeline.

    Args:
        name: name of an installed pipeline or path of a folder; empty for the packaged one.

    Raises:
        ModelError: if it cannot be loaded, has no parser, or labels dependencies in a scheme that is not understood.
    """
    import spacy
    from thinc.api import NumpyOps, set_current_ops
    from threadpoolctl import threadpool_limits

    from nhskg.extract import clearnlp

    # The BLIS that thinc bundles does not know newer processors and then runs generic code, four times slower than
    # NumPy's OpenBLAS; where it does know the processor, the two are equal.
    set_current_ops(NumpyOps(use_blis=False))
    # On several threads the small matrices of one paragraph take several times as long where other work shares the cores,
    # and sums may come out otherwise. Documents are read side by side in processes instead.
    threadpool_limits(1, user_api="blas")
    shown = name or LANGUAGE_MODEL
    try:
        nlp = spacy.load(shown)
    except (OSError, ValueError, ImportError) as error:
        reason = str(error).splitlines()[0]
        raise ModelError(
            f"language model {shown}: {reason}. Install it, give its folder with --model, or leave "
            "--model out to use the packaged one"
        ) from error
    if "parser" not in nlp.pipe_names:
        raise ModelError(
            f"language model {shown}: it has no dependency parser (its parts: {', '.join(nlp.pipe_names)})"
        )
    labels = nlp.get_pipe("parser").labels  # type: ignore[attr-defined]  # spaCy types every component as a callable
    if clearnlp.is_clearnlp(labels):
        nlp.add_pipe("clearnlp_to_universal", last=True)
    elif not clearnlp.is_universal(labels):
        raise ModelError(
            f"language model {shown}: its dependency labels ({', '.join(sorted(labels)[:8])} …) are neither Universal "
            "Dependencies nor ClearNLP; choose an English pipeline with one of these"
        )
    for abbreviation in load_lexicon().abbreviations:
        cast("Tokenizer", nlp.tokenizer).add_special_case(abbreviation, [{"ORTH": abbreviation}])
    speed_up(nlp)
    return nlp


def parse(
    nlp: Language, finder: NameFinder, documents: Iterable[Document], batch_size: int = 64
) -> Iterator[tuple[Document, list[tuple[int, Paragraph]]]]:
    """Parses documents paragraph by paragraph.

    No document shares a batch with another: sums of floating-point numbers come out differently in batches of other
    sizes, and now and then a parse with them, so that what is read in a document would depend on its neighbours.

    Returns:
        Each document with its paragraphs: offset of the first character in the text, and the parsed paragraph.
    """
    names = recogniser(nlp)
    after_names = [name for name in nlp.pipe_names if name not in names]
    lexicon = load_lexicon()
    for document in documents:
        spans = list(find_paragraphs(document.text))
        # A line break inside a paragraph is a space to the parser; the length stays, so offsets hold.
        flat = (document.text[start:end].translate(LINE_BREAKS) for start, end in spans)
        # Names come first, so that the parser meets each as one word.
        merged = (finder.merge(doc) for doc in nlp.pipe(flat, batch_size=batch_size, disable=after_names))
        parsed = nlp.pipe(merged, batch_size=batch_size, disable=["ner"])
        yield (
            document,
            [(start, mend_sums(mend(Paragraph(doc)), lexicon)) for (start, _), doc in zip(spans, parsed, strict=True)],
        )


def recogniser(nlp: Language) -> list[str]:
    """The parts of a pipeline that its recogniser of names needs: itself, and shared word vectors if it listens to some."""
    if "ner" not in nlp.pipe_names:
        return []
    shared = [name for name in nlp.pipe_names if name in ("tok2vec", "transformer")]
    model = nlp.get_pipe("ner").model  # type: ignore[attr-defined]  # spaCy types every component as a callable
    listens = any("listener" in node.name for node in model.walk())
    return [*(shared if listens else []), "ner"]


LINE_BREAKS = str.maketrans("\n\r\t\u00a0\u2028", "     ")
