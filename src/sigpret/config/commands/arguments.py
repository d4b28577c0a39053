"""What a command was asked, read from its arguments; what is wrong with them, said in Spanish."""

import argparse
import re
import sys
from typing import Any, NoReturn

#: What the standard library says, and what people read instead.
SENTENCES = (
    (r"the following arguments are required: (.*)", r"Falta decir: \1."),
    (r"unrecognized arguments: (.*)", r"No se entiende: \1."),
    (
        r"argument (\S+): invalid choice: (.*) \(choose from (.*)\)",
        r"«\1» no puede ser \2. Puede ser: \3.",
    ),
    (r"argument (\S+): invalid \w+ value: (.*)", r"«\1» no puede ser \2: escriba un número."),
    (r"argument (\S+): expected .*", r"Falta lo que sigue a «\1»."),
    (r"argument (\S+): not allowed with argument (\S+)", r"«\1» y «\2» no van juntos."),
    (r"argument (\S+): ignored explicit argument .*", r"«\1» no lleva nada detrás."),
    (r"ambiguous option: (\S+) could match (.*)", r"«\1» puede ser varias: \2."),
)


NOT_PREPARED = "La base de datos no está preparada. Ejecute antes ./sigpret manage migrate."


class Arguments(argparse.ArgumentParser):
    """The standard parser with its words in Spanish; a wrong argument ends with exit code 2."""

    def __init__(self, command: str, description: str = "") -> None:
        super().__init__(
            prog=f"./sigpret {command}",
            description=description,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            add_help=False,
        )
        self._positionals.title = "qué"
        self._optionals.title = "opciones"
        self.add_argument("-h", "--help", action="help", help="muestra esta ayuda")

    def error(self, message: str) -> NoReturn:
        print(f"{in_spanish(message)}\n{self.format_usage()}", end="", file=sys.stderr)
        raise SystemExit(2)

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "Uso:", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "Uso:", 1)


def in_spanish(message: str) -> str:
    """The sentence of the standard library in Spanish; untouched when it is one of ours."""
    for pattern, sentence in SENTENCES:
        if re.fullmatch(pattern, message):
            return re.sub(pattern, sentence, message)
    return message


def refuse(sentence: Any) -> int:
    """Say why the command did nothing; its exit code."""
    print(sentence, file=sys.stderr)
    return 2
