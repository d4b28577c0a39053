"""What a mesa tells people of its minutes, in the bell. Who was there gets a letter besides."""

from django.utils.translation import gettext_lazy as _

from sigpret.apps.notices.kinds import Kind, Mode, Variable

MEETING = Variable("meeting", "reunión", "Mesa de Salud n.º 8")
CODE = Variable("code", "acta", "08-2026")
DEADLINE = Variable("deadline", "límite", "martes 27 de octubre")

MINUTES_ASKED = Kind(
    code="minutes_asked",
    label=_("Me piden conformidad con una ayuda memoria"),
    subject=_("¿Está conforme con la ayuda memoria {acta}?"),
    text=_("Lea la ayuda memoria de {reunión} y responda a más tardar el {límite}."),
    action=_("Leer y dar conformidad"),
    variables=(MEETING, CODE, DEADLINE),
    email=Mode.OFF,
    icon="signature",
    about=_("{reunión}"),
)
MINUTES_OBSERVED = Kind(
    code="minutes_observed",
    label=_("Observan una ayuda memoria"),
    subject=_("Observaron la ayuda memoria {acta}"),
    text=_("Atienda la observación: sin eso no se distribuye. El último día es el {límite}."),
    action=_("Atender"),
    variables=(MEETING, CODE, DEADLINE),
    icon="comment",
    about=_("{reunión}"),
)
MINUTES_DUE = Kind(
    code="minutes_due",
    label=_("Se vence el plazo de una ayuda memoria"),
    subject=_("Distribuya la ayuda memoria {acta} a más tardar el {límite}"),
    text=_(
        "La ayuda memoria de {reunión} debe llegar a todas las personas a más tardar el {límite}."
    ),
    action=_("Ir a la ayuda memoria"),
    variables=(MEETING, CODE, DEADLINE),
    icon="clock",
    about=_("{reunión}"),
)
MINUTES_OUT = Kind(
    code="minutes_out",
    label=_("Se distribuye una ayuda memoria"),
    subject=_("Ya está la ayuda memoria {acta}"),
    text=_("La ayuda memoria de {reunión} es definitiva."),
    action=_("Leerla"),
    variables=(MEETING, CODE, DEADLINE),
    email=Mode.OFF,
    icon="document",
    about=_("{reunión}"),
)

MINUTES_KINDS = (MINUTES_ASKED, MINUTES_OBSERVED, MINUTES_DUE, MINUTES_OUT)
