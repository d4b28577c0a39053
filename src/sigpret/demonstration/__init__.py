"""An invented country over the real structure of Honduras, for showing and measuring SIGPRET.

Above the apps, because it fills them; below config, which offers it.
"""

from sigpret.demonstration.accounts import DemoAccount, accounts_by_role
from sigpret.demonstration.loader import NotEmptyError, is_loaded, load_country

__all__ = ["DemoAccount", "NotEmptyError", "accounts_by_role", "is_loaded", "load_country"]
