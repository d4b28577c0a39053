"""Long work of the budget in the background. Found by procrastinate when Django starts.

Both may run twice: the state of the import says whether there is anything left to do.
"""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sigpret.apps.budget.actions.execution_storing import store_import
from sigpret.apps.budget.actions.execution_work import read_import
from sigpret.apps.budget.execution_queue import READ, STORE
from sigpret.web.clock import now

AGAIN = RetryStrategy(max_attempts=3, exponential_wait=5)


@app.task(name=READ, retry=AGAIN)
def read_execution(import_id: int) -> None:
    """Read a file, refuse what is wrong and count the rest."""
    read_import(import_id)


@app.task(name=STORE, retry=AGAIN)
def store_execution(import_id: int, actor_id: int) -> None:
    """Make of what waits the budget's lines and their execution."""
    store_import(import_id, actor_id=actor_id, at=now())
