"""How many institutions stand in each band: the only thing citizens see of the grades."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sigpret.apps.monitoring.models import Snapshot
from sigpret.apps.portal.queries.publication import Publication
from sigpret.methodology.scoring import Band


@dataclass(frozen=True, slots=True)
class BandCounts:
    """Institutions by band, every band named; `without_grade` had nothing programmed to date."""

    bands: Mapping[Band, int]
    without_grade: int


def band_counts(publication: Publication) -> BandCounts | None:
    """The bands of a published quarter; None when it was closed without grades. One query."""
    kept = Snapshot.objects.filter(
        round_id=publication.round_id,
        edition=publication.edition,
        kind=Snapshot.Kind.INSTITUTION,
    ).values_list("payload__band", flat=True)
    counted = Counter(kept)
    if not counted:
        return None
    return BandCounts({band: counted[band] for band in Band}, counted[None])
