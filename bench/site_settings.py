"""The product's settings, with one address more to measure against."""

from sigpret.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.site_addresses"
