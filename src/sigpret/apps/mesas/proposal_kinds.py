"""What people are told about what a mesa proposes to its political level, as data."""

from django.utils.translation import gettext_lazy as _

from sigpret.apps.notices.kinds import Kind, Variable

MESA = Variable("mesa", "mesa", "Salud")
WHAT = Variable("what", "qué", "informe de avance")
LEFT = Variable("left", "plazo", "faltan 2 días")
RESULT = Variable("result", "resultado", "aprobada")

PROPOSAL_RAISED = Kind(
    code="proposal_raised",
    label=_("Una mesa propone algo a mi decisión"),
    subject=_("La mesa de {mesa} le propone: {qué}"),
    text=_("El nivel técnico de la mesa de {mesa} propone: {qué}. Apruebe o devuelva con razones."),
    action=_("Leer y decidir"),
    variables=(MESA, WHAT),
    icon="signature",
    about=_("Propuesta de la mesa de {mesa}"),
)
PROPOSAL_DECIDED = Kind(
    code="proposal_decided",
    label=_("Se decide lo que propuso mi mesa"),
    subject=_("Mesa de {mesa}, {qué}: {resultado}"),
    text=_("El nivel político de la mesa de {mesa} decidió sobre {qué}: {resultado}."),
    action=_("Ver las razones"),
    variables=(MESA, WHAT, RESULT),
    icon="signature",
    about=_("Propuesta de la mesa de {mesa}"),
)
PROPOSAL_WAITING = Kind(
    code="proposal_waiting",
    label=_("Una propuesta espera mi decisión"),
    subject=_("La mesa de {mesa} espera su decisión: {qué}, {plazo}"),
    text=_(
        "El nivel técnico de la mesa de {mesa} le propuso: {qué}. Plazo para decidir: {plazo}. "
        "Apruebe o devuelva con razones."
    ),
    action=_("Leer y decidir"),
    variables=(MESA, WHAT, LEFT),
    icon="signature",
    about=_("Propuesta de la mesa de {mesa}"),
)

PROPOSAL_KINDS = (PROPOSAL_RAISED, PROPOSAL_DECIDED, PROPOSAL_WAITING)
