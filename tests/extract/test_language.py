"""Loading the language model."""

from __future__ import annotations

import pytest
from threadpoolctl import threadpool_info

from nhskg.extract.language import load_language_model


@pytest.mark.model
def test_sums_are_made_in_one_thread() -> None:
    load_language_model()
    assert {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"} == {1}
