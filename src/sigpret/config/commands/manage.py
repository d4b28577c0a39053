"""`./sigpret manage …`: Django's own commands, on the product's database."""

from django.core.management import execute_from_command_line


def run(arguments: list[str]) -> int:
    """Hand over to Django."""
    execute_from_command_line(["sigpret manage", *arguments])
    return 0
