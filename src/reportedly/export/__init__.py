"""What the program gives out: contract records as JSON lines, claims as tables."""
