"""Two scribes on the same text: both texts end in it, or both are shown."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigpret.methodology.mesas.joining import joined
from tests.methodology.examples import quick

LINES = st.lists(st.sampled_from(["uno", "dos", "tres", "cuatro"]), max_size=5).map("\n".join)


@pytest.mark.parametrize(
    ("name", "base", "theirs", "mine", "together"),
    [
        ("sólo yo escribí", "Se abrió.", "Se abrió.", "Se abrió. Hubo quórum.",
         "Se abrió. Hubo quórum."),
        ("sólo escribió la otra persona", "a", "a\nb", "a", "a\nb"),
        ("las dos agregaron al final", "a", "a\nde ella", "a\nmío", "a\nde ella\nmío"),
        ("las dos empezaron", "", "de ella", "mío", "de ella\nmío"),
        ("el mismo envío dos veces", "a", "a\nmío", "a\nmío", "a\nmío"),
        ("mi envío llegó y otra persona siguió", "a", "a mío\ny ella", "a mío", "a mío\ny ella"),
        ("líneas distintas", "1\n2\n3\n4", "uno\n2\n3\n4", "1\n2\n3\ncuatro", "uno\n2\n3\ncuatro"),
        ("la misma línea", "1\n2", "1\ndos", "1\nII", None),
        ("una borró lo que la otra continuó", "A", "A\nB\nC", "A\nB", "A\nB\nC"),
        ("lo que se borró no vuelve", "A\nB", "A\nB\nC", "A", None),
        ("lo que ella borró no vuelve", "A\nB", "A", "A\nB\nC", None),
        ("borrar el final y corregir el principio", "A\nB\nC", "A bis\nB\nC", "A\nB",
         "A bis\nB"),
        ("las dos siguen la misma línea", "Se acordó", "Se acordó enviar", "Se acordó revisar",
         None),
        ("una sigue la línea y otra agrega una", "Se acordó", "Se acordó enviar",
         "Se acordó\nHubo quórum", "Se acordó enviar\nHubo quórum"),
        ("una borró lo que la otra corrigió", "1\n2\n3", "1\n3", "1\n2 bis\n3", None),
    ],
)  # fmt: skip
def test_what_two_people_wrote_is_joined_or_shown(name, base, theirs, mine, together):
    assert joined(base, theirs, mine) == together, name


@quick
@given(base=LINES, theirs=LINES, mine=LINES)
def test_no_line_somebody_added_is_lost(base, theirs, mine):
    together = joined(base, theirs, mine)
    if together is None:
        return
    for text in (theirs, mine):
        for line in set(text.splitlines()) - set(base.splitlines()):
            assert line in together


@quick
@given(base=LINES, theirs=LINES)
def test_sending_again_what_is_stored_changes_nothing(base, theirs):
    assert joined(base, theirs, theirs) == theirs


TEXTS = st.text(alphabet="ab \n", max_size=6)


@quick
@given(base=TEXTS, theirs=TEXTS, mine=TEXTS)
def test_no_letter_somebody_went_on_with_is_lost(base, theirs, mine):
    together = joined(base, base + theirs, base + mine)
    if together is None:
        return
    for text in (base + theirs, base + mine):
        assert not Counter("".join(text.split())) - Counter("".join(together.split()))
