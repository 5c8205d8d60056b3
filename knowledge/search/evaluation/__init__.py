"""How good finding is: measured on queries whose answers are known."""
