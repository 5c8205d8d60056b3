"""The two ways out. A channel sends what it is given and touches no database."""
