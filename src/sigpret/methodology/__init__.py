"""The rules of results-based management, in plain Python: numbers in, numbers with reasons out.

Standard library only, no clock and no database: the period looked at and the policy in force
are always given. `periods`, `values` and `measure` are the nouns; `achievement` measures one
indicator, `rollup` a chain of them, `scoring` an institution; `explain` carries the reasons.
"""
