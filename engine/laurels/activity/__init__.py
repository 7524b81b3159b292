"""What was won lately, by whom, and who has won most."""
