"""What may stand under what in the network of programmatic categories."""

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
