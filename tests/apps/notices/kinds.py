"""A kind of notice of the tests' own, so that they depend on no other app's words."""

from sigpret.apps.notices.kinds import Kind, Mode, Variable, register

PARCEL = Kind(
    code="parcel",
    label="Llega un paquete",
    subject="Llegó {cosa} a {lugar}",
    text="Recoja {cosa} en {lugar}.",
    action="Recoger",
    variables=(Variable("thing", "cosa", "una caja"), Variable("place", "lugar", "Gracias")),
    about="Paquete en {lugar}",
)
LETTER = Kind(
    code="letter",
    label="Llega una carta",
    subject="Llegó una carta",
    text="Puede leerla.",
    action="Leer",
    email=Mode.DIGEST,
)
register(PARCEL, LETTER)
