"""The filters of the list of promises; anything unknown in the address is ignored."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sigpret.apps.portal.queries import PromiseFilters
from sigpret.web.statuses import LOOKS


class PromiseFilterForm(forms.Form):
    q = forms.CharField(
        label=_("¿Qué promesa busca?"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    sector = forms.ChoiceField(label=_("Sector"), required=False)

    def __init__(self, data: QueryDict, *, sectors: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        choices = [("", _("Todos los sectores"))]
        choices += [(slug, name) for name, slug in sectors]
        self.fields["sector"].choices = choices

    def filters(self) -> PromiseFilters:
        """What was asked, as far as it makes sense."""
        status = self.data.get("estado", "")
        return PromiseFilters(
            words=self.data.get("q", "").strip()[:100],
            status=status if status in LOOKS else "",
            sector=self.data.get("sector", "").strip(),
            only_changed=self.data.get("cambio") == "1",
        )
