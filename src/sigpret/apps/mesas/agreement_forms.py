"""What is typed about an agreement, a matter that was raised, and a decision."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from sigpret.apps.mesas.models import Escalation
from sigpret.intake.files.kinds import ACCEPT

LONG = 2000
Pairs = Sequence[tuple[int, str]]


def day_field(label: Any, missing: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"required": missing, "invalid": missing},
        **more,
    )


def text_field(label: Any, missing: Any, *, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
        **more,
    )


def file_field() -> forms.FileField:
    return forms.FileField(
        label=_("Evidencia"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=_("PDF, foto, Excel o Word. Queda entre las evidencias de la institución."),
    )


class KnownFile(forms.Form):
    """Evidence the institution already has may be shown again instead of another upload."""

    field_order = ("text", "fulfilled_on", "evidence", "known")
    known = forms.TypedChoiceField(
        label=_("O una evidencia que la institución ya tiene"),
        coerce=int,
        required=False,
        empty_value=None,
    )

    def __init__(self, *args: Any, known: Pairs = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["known"].choices = [("", _("Ninguna")), *known]
        if not known:
            del fields["known"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("known") and data.get("evidence"):
            self.add_error("known", _("Suba un archivo o elija uno que ya está: no los dos."))
        return data


class StepForm(forms.Form):
    """Every step says what happened, and of which version of the agreement."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ProgressForm(KnownFile, StepForm):
    text = text_field(_("Qué se hizo y qué falta"), _("Escriba qué se hizo."))
    evidence = file_field()


class FulfilForm(KnownFile, StepForm):
    text = text_field(_("Resultado"), _("Escriba el resultado: qué quedó hecho."))
    fulfilled_on = day_field(_("Día en que se cumplió"), _("Escriba el día en que se cumplió."))
    evidence = file_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Without evidence nothing is fulfilled: a file, or one that is there, is not «optional».
        for name in {"evidence", "known"} & set(self.fields):
            cast("Any", self.fields[name]).is_alternative = True


class ReprogramForm(StepForm):
    new_due_on = day_field(_("Fecha nueva"), _("Escriba la fecha nueva."))
    text = text_field(_("Por qué se reprograma"), _("Escriba por qué se reprograma."), rows=2)


class VoidForm(StepForm):
    text = text_field(_("Por qué queda sin efecto"), _("Escriba por qué queda sin efecto."), rows=2)


class ReopenForm(StepForm):
    text = text_field(_("Por qué se reabre"), _("Escriba por qué se reabre."), rows=2)


class SupersedeForm(StepForm):
    later = forms.TypedChoiceField(
        label=_("Acuerdo posterior que lo sustituye"),
        coerce=int,
        error_messages={
            "required": _("Elija el acuerdo que lo sustituye."),
            "invalid_choice": _("Elija el acuerdo que lo sustituye."),
        },
    )

    def __init__(self, *args: Any, later: Pairs = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["later"].choices = [("", _("Elija un acuerdo")), *later]


class EscalateForm(StepForm):
    to = forms.ChoiceField(
        label=_("A quién se eleva"),
        choices=Escalation.To.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Elija a quién se eleva.")},
    )
    ask = text_field(_("Qué se pide decidir"), _("Escriba qué se pide decidir."), rows=2)
    text = text_field(_("Por qué se eleva"), _("Escriba por qué se eleva."), rows=2)


class DecideForm(StepForm):
    text = text_field(_("Decisión"), _("Escriba la decisión."))
    owner = forms.TypedChoiceField(
        label=_("Institución encargada"),
        coerce=int,
        error_messages={
            "required": _("Elija a qué institución se encarga."),
            "invalid_choice": _("Elija a qué institución se encarga."),
        },
    )
    due_on = day_field(_("A más tardar"), _("Escriba hasta cuándo."))

    def __init__(self, *args: Any, owners: Pairs = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["owner"].choices = [("", _("Elija una institución")), *owners]


class NoteForm(DecideForm):
    """A decision nobody asked for: the mesa that follows it, and its matter."""

    mesa = forms.TypedChoiceField(
        label=_("Mesa que le da seguimiento"),
        coerce=int,
        error_messages={"required": _("Elija la mesa."), "invalid_choice": _("Elija la mesa.")},
    )
    ask = text_field(_("Asunto"), _("Escriba el asunto."), rows=2)
    field_order = ("mesa", "ask", "text", "owner", "due_on", "version")

    def __init__(self, *args: Any, mesas: Pairs = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["mesa"].choices = [("", _("Elija una mesa")), *mesas]


class WithdrawForm(StepForm):
    text = text_field(_("Por qué se retira"), _("Escriba por qué se retira."), rows=2)


class DoneForm(KnownFile, StepForm):
    text = text_field(_("Cómo se cumplió"), _("Escriba cómo se cumplió."))
    fulfilled_on = day_field(_("Día en que se cumplió"), _("Escriba el día en que se cumplió."))
    evidence = file_field()
