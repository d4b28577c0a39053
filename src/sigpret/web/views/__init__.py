"""Screens of the shell itself."""

from sigpret.web.views.gallery import gallery
from sigpret.web.views.health import health_page
from sigpret.web.views.pending import pending_page
from sigpret.web.views.search import search_page
from sigpret.web.views.session import extend_session

__all__ = ["extend_session", "gallery", "health_page", "pending_page", "search_page"]
