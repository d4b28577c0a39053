"""What is typed about people of a mesa: accreditation, substitution, leave, designation."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sigpret.apps.mesas.actions.designation import Act
from sigpret.apps.mesas.actions.member_checks import Representative

TECHNICAL, POLITICAL = "technical", "political"
LEVELS = ((TECHNICAL, _("Técnico-operativo")), (POLITICAL, _("Político")))


def day_field(label: Any, missing: Any = "", *, required: bool = True) -> forms.DateField:
    words = missing or _("Escriba la fecha.")
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"required": words, "invalid": words},
    )


def text_field(label: Any, missing: Any, *, most: int = 200, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, error_messages={"required": missing}, **more
    )


class RepresentativeForm(forms.Form):
    """A person as the letter presents them."""

    full_name = text_field(_("Nombre completo"), _("Escriba el nombre completo."))
    position = text_field(_("Cargo"), _("Escriba el cargo."))
    is_planning_director = forms.BooleanField(label=_("Dirige la UPGRET"), required=False)
    phone = text_field(
        _("Teléfono"),
        _("Escriba un número de contacto."),
        most=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("Correo"),
        max_length=254,
        error_messages={
            "required": _("Escriba el correo al que se le convoca."),
            "invalid": _("Escriba un correo como nombre@institucion.hn."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    letter = text_field(
        _("Oficio de acreditación"),
        _("Escriba el número del oficio."),
        help_text=_("Por ejemplo: Oficio SESAL-014-2026."),
    )
    letter_file = forms.FileField(
        label=_("Oficio escaneado"), required=False, help_text=_("PDF o imagen.")
    )
    since = day_field(_("Desde"), _("Escriba desde qué día."))
    until = day_field(_("Hasta"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("La fecha final no puede ser anterior a la inicial."))
        return data

    def representative(self, letter_file_id: int | None) -> Representative:
        data = self.cleaned_data
        return Representative(
            full_name=data["full_name"],
            position=data["position"],
            email=data["email"],
            phone=data["phone"],
            letter=data["letter"],
            since=data["since"],
            until=data["until"],
            is_planning_director=data["is_planning_director"],
            letter_file_id=letter_file_id,
        )


class AccreditForm(RepresentativeForm):
    """The same for an institution and a level; the reason only counts beyond the limit."""

    institution = forms.TypedChoiceField(
        label=_("Institución"),
        coerce=int,
        error_messages={
            "required": _("Elija la institución."),
            "invalid_choice": _("Elija una institución de la mesa."),
        },
    )
    level = forms.ChoiceField(label=_("Nivel"), choices=LEVELS, initial=TECHNICAL)
    exception_reason = forms.CharField(
        label=_("Motivo de la excepción"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Sólo si la institución ya tiene el máximo de acreditados."),
    )
    field_order = (
        *("institution", "level", "full_name", "position", "is_planning_director", "phone"),
        *("email", "letter", "letter_file", "since", "until", "exception_reason"),
    )

    def __init__(
        self,
        *args: Any,
        institutions: Iterable[tuple[int, str]],
        takes_reason: bool,
        takes_political: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = list(institutions)
        field: Any = self.fields["institution"]
        field.choices = choices if len(choices) == 1 else [("", _("Elija…")), *choices]
        if not takes_political:
            level: Any = self.fields["level"]
            level.choices = LEVELS[:1]
            level.help_text = _(
                "El nivel político lo acredita la máxima autoridad de la institución, o DIGER."
            )
        if not takes_reason:
            del self.fields["exception_reason"]


class SubstituteForm(RepresentativeForm):
    """Who comes in the place of another, and why that one leaves."""

    reason = text_field(
        _("Por qué sale quien estaba"),
        _("Escriba por qué sale quien estaba."),
        most=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = (
        *("reason", "full_name", "position", "is_planning_director", "phone", "email"),
        *("letter", "letter_file", "since", "until", "version"),
    )


class ContactForm(forms.Form):
    """How a representative is reached."""

    email = forms.EmailField(
        label=_("Correo"),
        max_length=254,
        error_messages={
            "required": _("Escriba el correo al que se le convoca."),
            "invalid": _("Escriba un correo como nombre@institucion.hn."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    phone = text_field(
        _("Teléfono"),
        _("Escriba un número de contacto."),
        most=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class EndForm(forms.Form):
    reason = text_field(
        _("Motivo de la baja"),
        _("Escriba el motivo de la baja."),
        most=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ExceptionForm(forms.Form):
    """What an institution asks DIGER for: who would be beyond the limit, and why."""

    full_name = text_field(_("A quién quiere acreditar"), _("Escriba el nombre completo."))
    position = text_field(_("Cargo"), _("Escriba el cargo."))
    reason = text_field(
        _("Por qué hace falta"),
        _("Escriba por qué hace falta."),
        most=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DesignationForm(forms.Form):
    """A duty given to somebody by an act."""

    duty = forms.ChoiceField(label=_("Función"))
    email = forms.EmailField(
        label=_("Correo"),
        max_length=254,
        error_messages={
            "required": _("Escriba el correo de la persona."),
            "invalid": _("Escriba un correo como nombre@institucion.hn."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    full_name = forms.CharField(
        label=_("Nombre completo"),
        max_length=200,
        required=False,
        help_text=_("Sólo si todavía no tiene cuenta."),
    )
    position = forms.CharField(label=_("Cargo"), max_length=200, required=False)
    institution = forms.TypedChoiceField(
        label=_("Institución"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Hace falta para la coordinación política y el equipo de apoyo."),
    )
    act = text_field(
        _("Acto de designación"),
        _("Escriba el acto que la designa."),
        help_text=_("Por ejemplo: Oficio SP-031-2026."),
    )
    since = day_field(_("Desde"), _("Escriba desde qué día."))
    relieves = forms.BooleanField(
        label=_("Releva a quien tiene hoy esa coordinación"), required=False
    )

    def __init__(
        self,
        *args: Any,
        duties: Iterable[tuple[str, Any]],
        institutions: Iterable[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        duty: Any = self.fields["duty"]
        institution: Any = self.fields["institution"]
        duty.choices = list(duties)
        institution.choices = [("", _("Ninguna")), *institutions]

    def designation(self) -> Act:
        data = self.cleaned_data
        return Act(
            duty=data["duty"],
            email=data["email"],
            act=data["act"],
            since=data["since"],
            full_name=data["full_name"],
            position=data["position"],
            institution_id=data["institution"],
        )


class EndDesignationForm(forms.Form):
    until = day_field(_("Último día"), _("Escriba el último día."))


class ConstitutionForm(forms.Form):
    act = text_field(_("Acta de constitución"), _("Escriba el número del acta de constitución."))
    on = day_field(_("Constituida el"), _("Escriba el día de la constitución."))
