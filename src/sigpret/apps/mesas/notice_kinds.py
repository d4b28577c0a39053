"""What a mesa tells people of its meetings, in the bell. Their mail is the convocation itself."""

from django.utils.translation import gettext_lazy as _

from sigpret.apps.notices.kinds import Kind, Mode, Variable

MEETING = Variable("meeting", "reunión", "Mesa de Salud n.º 8")
DAY = Variable("day", "día", "jueves 29 de octubre")
HOUR = Variable("hour", "hora", "9:00 a. m.")
PLACE = Variable("place", "lugar", "Centro Cívico, torre 1, sala 4B")
FACTS = (MEETING, DAY, HOUR, PLACE)

MEETING_CONVENED = Kind(
    code="meeting_convened",
    label=_("Me convocan a una mesa"),
    subject=_("{reunión}: {día}, {hora}"),
    text=_("Le convocan en {lugar}. Diga si asistirá."),
    action=_("Responder"),
    variables=FACTS,
    email=Mode.OFF,
    icon="calendar",
    about=_("{reunión}"),
)
MEETING_CHANGED = Kind(
    code="meeting_changed",
    label=_("Cambia una reunión de la mesa"),
    subject=_("Cambió {reunión}: {día}, {hora}"),
    text=_("Es en {lugar}. Revise la convocatoria y diga si asistirá."),
    action=_("Ver el cambio"),
    variables=FACTS,
    email=Mode.OFF,
    icon="calendar",
    about=_("{reunión}"),
)
MEETING_CANCELLED = Kind(
    code="meeting_cancelled",
    label=_("Se cancela una reunión de la mesa"),
    subject=_("Se canceló {reunión} del {día}"),
    text=_("Ya no se reúne. El motivo está en la convocatoria."),
    action=_("Ver por qué"),
    variables=FACTS,
    email=Mode.OFF,
    icon="calendar",
    about=_("{reunión}"),
)

KINDS = (MEETING_CONVENED, MEETING_CHANGED, MEETING_CANCELLED)
