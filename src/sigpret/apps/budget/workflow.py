"""What may stand under what in the network of programmatic categories, and how it is keyed."""

from collections.abc import Mapping

from sigpret.apps.budget.models.structure import CategoryKind

#: From each kind, those it may stand under; a program stands alone (SIAFI's key keeps the order).
MAY_STAND_UNDER: dict[str, frozenset[str]] = {
    CategoryKind.PROGRAM: frozenset(),
    CategoryKind.SUBPROGRAM: frozenset({CategoryKind.PROGRAM}),
    CategoryKind.PROJECT: frozenset({CategoryKind.PROGRAM, CategoryKind.SUBPROGRAM}),
    CategoryKind.ACTIVITY: frozenset(
        {CategoryKind.PROGRAM, CategoryKind.SUBPROGRAM, CategoryKind.PROJECT}
    ),
}
#: The segments of the key from program to activity, with what stands for one that is not used.
SEGMENTS = (
    (CategoryKind.PROGRAM, "00"),
    (CategoryKind.SUBPROGRAM, "00"),
    (CategoryKind.PROJECT, "000"),
    (CategoryKind.ACTIVITY, "000"),
)
LEVELS = len(SEGMENTS)


def code_of_path(codes: Mapping[str, str]) -> str:
    """`11-00-000-003` out of the codes of a category and of those above it, by kind.

    What comes after the category itself is left out: `11` is a program.
    """
    last = max(place for place, (kind, _none) in enumerate(SEGMENTS) if kind in codes)
    return "-".join(codes.get(kind, none) for kind, none in SEGMENTS[: last + 1])
