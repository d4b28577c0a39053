"""How the columns of a file of execution are called on screen."""

from django.utils.translation import gettext_lazy as _

FIELD_WORDS = {
    "key": _("Clave presupuestaria, en una columna"),
    "year": _("Gestión"),
    "institution": _("Institución"),
    "administrative_unit": _("Gerencia administrativa"),
    "executing_unit": _("Unidad ejecutora"),
    "program": _("Programa"),
    "subprogram": _("Subprograma"),
    "project": _("Proyecto"),
    "activity": _("Actividad u obra"),
    "source": _("Fuente de financiamiento"),
    "body": _("Organismo financiador"),
    "object": _("Objeto del gasto"),
    "beneficiary": _("Beneficiario de la transferencia"),
    "period": _("Mes o trimestre"),
    "approved": _("Aprobado"),
    "modifications": _("Modificaciones"),
    "current": _("Vigente"),
    "committed": _("Comprometido"),
    "accrued": _("Devengado"),
    "paid": _("Pagado"),
    "planned": _("Cuota programada"),
    "balance": _("Saldo, como lo reporta"),
    "mark": _("Separador de decimales"),
}
CODE_WORDS = {
    "category": _("Categorías programáticas"),
    "source": _("Fuentes de financiamiento"),
    "body": _("Organismos financiadores"),
    "object": _("Objetos del gasto"),
}


def words_of(fields: str) -> str:
    """`key, accrued` as people read it."""
    return ", ".join(str(FIELD_WORDS.get(one, one)) for one in fields.split(", "))
