"""Which events of a plan tell that somebody wrote in it: a step and an observation do not."""

#: They change what a product says.
PRODUCT_WRITES = frozenset(
    {
        "planning.plan_recorded",
        "planning.cells_changed",
        "planning.product_added",
        "planning.product_changed",
        "planning.product_moved",
        "planning.product_removed",
        "planning.foresight_changed",
        "planning.territories_changed",
        "planning.activity_changed",
    }
)
#: They change what the plan says, of a product or of anything above it.
PLAN_WRITES = PRODUCT_WRITES | {
    "planning.plan_started",
    "planning.plan_copied",
    "planning.statement_changed",
    "planning.row_added",
    "planning.row_changed",
    "planning.row_removed",
    "planning.objectives_linked",
}
