"""People nobody called, recognised in a text by a given name and what follows it."""

import re

from django.utils.translation import gettext as _

from sigpret.apps.mesas.queries.folding import folded

#: The given names most people of the country have. Those that are also common words or places
#: (Paz, Victoria, Norma, Guadalupe, Israel…) are not here: hiding less is seen by whoever reads
#: the text before it goes out, hiding what is not a name would make it unreadable.
COMMON = """
abel abigail abraham adan adela adolfo adriana agustin aida alan alba alberto alejandra
alejandro alex alexa alexander alexandra alexis alfonso alfredo alicia allan alma alondra
alvaro amanda amelia amilcar ana anabel anastasia andrea andres angel angela angelica angie
anibal anita antonia antonio antony aracely ariel armando arnaldo arnold arnulfo arturo astrid
augusto aurelio aurora axel bartolo beatriz benedicto benigno benito benjamin bernardo berta
bertha bessy betty blas brayan brenda brian bruno byron camila camilo carla carlos carmen
carolina catalina cecilia celeste celia celina cesar christian cindy claudia claudio cristian
cristina cristobal cynthia dagoberto daisy damaris daniel daniela danilo danny dario darwin
david dayana debora delia delmi delmy denia denis denisse diana diego digna dina
dorian doris dunia edgar edgardo edin edith edmundo eduardo eduin edwin efrain elba elena
eleonora elias elisa elizabeth elmer elsa elvia elvin elvira emilia emilio emma enrique eric
erick erika ernesto esmeralda esteban estefani estela ester esther eugenia eugenio eva evelin
evelyn ezequiel fabian fabiola fabricio fanny fatima federico felicia felipe felix fernanda
fernando fidel fidelia filomena flavio francis francisca francisco franklin freddy fredy
gabriel gabriela genesis genoveva gerardo german gilberto gisela gladis gladys glenda gloria
gonzalo gregorio griselda guillermina guillermo gustavo hector heidi helen henry heriberto
herman hernan hilda horacio hugo humberto ignacio iliana ilsa indira ines ingrid irene iris
irma isaac isabel isaias ismael ivan ivis ivonne jacinto jackeline jacobo jaime jairo janeth
javier jeny jennifer jenny jeremias jeronimo jessica jesus jimena joaquin joel jonathan jony
jorge jose josefa josefina joselin josue juan juana juanita judith julia julian juliana julio
julissa karen karina karla karol katerine katherine katia keila kelin kelly kenia keren
kevin kimberly lariza laura lazaro leandro leda leonardo leonel leopoldo lesbia leslie lesly
leticia lidia lilia lilian liliana lina lisandro lizeth lorena lorenzo lourdes lucas lucia
luciano lucila luis luisa lurdes magda manuel manuela mara marcela marcelino marcelo marcia
marcio marcos margarita maria mariana mariano maribel maricela mariela mario marisela
marisol maritza marlen marlene marlon marta martha martin martina marvin mateo matilde
mauricio maynor mayra melany melissa melvin merary mercy merlin miguel milagros milton
miriam mirian mirna misael moises monica nahun nancy napoleon natalia natividad nazario nelly
nelson nery nestor nicolas nidia nimia noe noelia noemi nohelia nolvia nora norberto norman
octavio ofelia olga oliver olivia olman olvin omar ondina orfilia orlando oscar osman osmin
oswaldo otilia otoniel pablo paola patricia patricio paul paula paulina pedro perla petrona
porfirio rafael ramiro ramon raquel raul raquelina rebeca reina reinaldo rene reyna reynaldo
ricardo rigoberto rita roberto rocio rodolfo rodrigo rogelio rolando roman romeo ronald roni
ronmel ronny rony roque rosa rosalia rosalina rosibel rosmery roxana ruben rudy ruth sabino
samantha samuel sandra sara saul scarleth sebastian selvin sergio
sheila silvia simeon sonia sofia stephanie suani suyapa tania tatiana teodoro teresa
tomas ulises valentin valentina valeria vanessa vera veronica vicenta vicente victor vilma
violeta virgilio virginia vivian walter wendy wilfredo william wilmer wilson xenia xiomara
yadira yamileth yanira yaneth yeni yesenia yesica yolanda yolany yoselin zoila zulema zulma
"""
GIVEN_NAMES = frozenset(COMMON.split())
#: Before a name, these say that something is called after it.
PLACES = """
aeropuerto aldea avenida barrio beca biblioteca bulevar boulevard calle carretera catedral
centro ciudad clinica colegio colonia complejo departamento edificio escuela estadio fundacion
hospital instituto isla jardin ley liceo maternidad mercado municipio museo nacional
parque plan plaza policlinico premio presa programa proyecto puente puerto represa residencial
rio sala salon san santa santo santos teatro universidad
"""
CALLED_AFTER = frozenset(PLACES.split())
#: Who the country calls places and things after, whatever stands before.
HONOURED = frozenset(
    (
        "francisco morazan",
        "jose cecilio del valle",
        "jose trinidad cabanas",
        "jose trinidad reyes",
        "juan manuel galvez",
        "juan pablo ii",
        "marco aurelio soto",
        "ramon rosa",
        "ramon villeda morales",
        "manuel bonilla",
        "berta caceres",
        "clementina suarez",
        "jesus de otoro",
        "jose santos guardiola",
        "juan francisco bulnes",
    )
)
FIRST = re.compile(r"\b[A-ZÁÉÍÓÚÑ][^\W\d_]+")
#: A unit or a place after a name is not part of it: `Rosa Funes de la Secretaría de Salud`.
UNIT = (
    r"(?:Alcald|Asociaci|Banco|Centro|Comisi|Consejo|Coordinaci|Departamento|Direcci|Divisi|Empresa"
    r"|Equipo|Fondo|Gerencia|Hospital|Instituto|Mesa|Ministerio|Municipalidad|Oficina|Presidencia"
    r"|Regi[oó]n|Secretar|Servicio|Sub|Unidad|Universidad)"
)
REST = re.compile(
    rf"(?: (?:(?:de|del|la|las|los) )*(?!{UNIT})(?:[A-ZÁÉÍÓÚÑ]\.|[A-ZÁÉÍÓÚÑ][^\W\d_]+)){{1,4}}"
)
BEFORE = re.compile(r"([^\W\d_]+)\.?[ «\"“]*\Z")
TITLE = frozenset(("dr", "dra", "lic", "ing", "prof", "doctor", "doctora", "don", "doña", "dona"))


def without_unknown(text: str) -> str:
    """The text with each given name and what follows it replaced; a name alone stays."""
    pieces, kept = [], 0
    for first in FIRST.finditer(text):
        if first.start() < kept or folded(first[0]) not in GIVEN_NAMES:
            continue
        rest = REST.match(text, first.end())
        if rest is None or names_a_thing(text, first.start(), rest.end()):
            continue
        pieces += [text[kept : first.start()], _("[nombre]")]
        kept = rest.end()
    return "".join([*pieces, text[kept:]])


def names_a_thing(text: str, start: int, end: int) -> bool:
    """`Hospital Mario Rivas`, `Hospital Dr. Mario Rivas`, `Francisco Morazán`."""
    if folded(text[start:end]).startswith(tuple(HONOURED)):
        return True
    before = word_before(text[:start])
    if folded(before) in TITLE:
        before = word_before(text[: text.rfind(before, 0, start)])
    return folded(before) in CALLED_AFTER and before[:1].isupper()


def word_before(text: str) -> str:
    found = BEFORE.search(text)
    return found[1] if found else ""
