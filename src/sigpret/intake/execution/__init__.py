"""Files of budget execution as SIAFI gives them: looked at, and read row by row in a child."""
