"""The results matrix: goals at three levels, indicators, targets, alignments.

May import planning and below.
"""
