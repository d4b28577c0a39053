"""The invented proofs: few files, the same every time, acceptable to the product itself."""

import pytest

from sigpret.demonstration.papers import invented_papers
from sigpret.intake.files.examine import examine


def test_the_files_are_the_same_every_time():
    assert list(invented_papers()) == list(invented_papers())


@pytest.mark.parametrize("paper", list(invented_papers()), ids=lambda paper: paper.name)
def test_every_file_would_be_accepted_as_it_is(paper):
    examined = examine(paper.data, paper.name)
    assert (examined.kind.media_type, examined.pages) == (paper.media_type, paper.pages)
