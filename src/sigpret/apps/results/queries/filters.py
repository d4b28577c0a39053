"""Which goals of the matrix somebody asked to see."""

from dataclasses import dataclass

from django.db.models import Q

from sigpret.apps.institutions.queries import Access
from sigpret.apps.results.permissions import readable_goals
from sigpret.web.search.words import SearchWords

LEVELS = ("presidential", "sectoral", "institutional")


@dataclass(frozen=True, slots=True)
class MatrixFilters:
    """Empty fields ask for everything. `axis` is a block's code, `sector` and `institution` codes;
    `words` are looked for in code and text, with or without accents."""

    level: str = ""
    axis: str = ""
    sector: str = ""
    institution: str = ""
    words: str = ""
    is_prioritised: bool = False
    codes: frozenset[str] | None = None

    def condition(self, access: Access) -> Q:
        """The goals asked for among those the person reads."""
        exact = {
            "level": self.level,
            "sector__code": self.sector,
            "sector__blocks__code": self.axis,
            "institution__code": self.institution,
        }
        found = readable_goals(access) & Q(**{key: value for key, value in exact.items() if value})
        if self.is_prioritised:
            found &= Q(is_prioritised=True)
        if self.codes is not None:
            found &= Q(code__in=self.codes)
        return found & self.worded() if self.words.strip() else found

    def worded(self) -> Q:
        """The whole of what was typed in the code, or every word of it in the text."""
        looked = SearchWords.of(self.words)
        found = Q(code__icontains=looked.text)
        if looked:
            every = Q()
            for root in looked.stems[:-1]:
                every &= Q(stems__contains=root)
            last = Q()
            for ending in looked.endings:
                last |= Q(stems__contains=ending)
            found |= every & last
        return found
