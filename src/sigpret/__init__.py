"""SIGPRET: plan for results, follow them every quarter, decide in time, answer to citizens."""
