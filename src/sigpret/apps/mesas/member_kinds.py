"""What DIGER's analysts are told about the people of their mesas, as data."""

from django.utils.translation import gettext_lazy as _

from sigpret.apps.notices.kinds import Kind, Variable

MESA = Variable("mesa", "mesa", "Salud")
PLACE = Variable("place", "institución", "IHSS")
NUMBER = Variable("number", "número", "3")

EXCEPTION_ASKED = Kind(
    code="member_exception_asked",
    label=_("Una institución pide pasar del máximo de acreditados"),
    subject=_("{institución} pide acreditar a una persona más en la mesa de {mesa}"),
    text=_("{institución} ya tiene {número} y da un motivo. Acredítela o explique por qué no."),
    action=_("Ver y decidir"),
    variables=(MESA, PLACE, NUMBER),
    icon="people",
    about=_("Acreditaciones de la mesa de {mesa}"),
)

MEMBER_KINDS = (EXCEPTION_ASKED,)
