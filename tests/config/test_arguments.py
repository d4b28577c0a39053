"""Wrong arguments are answered in Spanish."""

import pytest

from sigpret.config.commands.arguments import Arguments


def parser() -> Arguments:
    arguments = Arguments("probar", "Una orden de prueba.")
    arguments.add_argument("what", metavar="QUÉ", choices=["una", "otra"])
    arguments.add_argument("--port", type=int)
    arguments.add_argument("--posture")
    arguments.add_argument("--quick", action="store_true")
    return arguments


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ([], "Falta decir: QUÉ."),
        (["una", "más"], "No se entiende: más."),
        (["tercera"], "«QUÉ» no puede ser 'tercera'. Puede ser: 'una', 'otra'."),
        (["una", "--port", "x"], "«--port» no puede ser 'x': escriba un número."),
        (["una", "--port"], "Falta lo que sigue a «--port»."),
        (["una", "--quick=1"], "«--quick» no lleva nada detrás."),
        (["una", "--po", "1"], "«--po» puede ser varias: --port, --posture."),
    ],
)
def test_what_is_wrong_is_said_in_spanish(given, sentence, capsys):
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(given)
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert said.splitlines()[0] == sentence
    assert "Uso: ./sigpret probar" in said


def test_the_help_has_no_english(capsys):
    with pytest.raises(SystemExit):
        parser().parse_args(["--help"])
    said = capsys.readouterr().out
    assert "opciones" in said
    assert not [word for word in ("usage", "options", "positional", "show") if word in said]
