"""What official files say, read without guessing: readers, checks and comparison. Pure Python."""
