"""One file per command of `./sigpret`; each has `run(arguments) -> int`."""
