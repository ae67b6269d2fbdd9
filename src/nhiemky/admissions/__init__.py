"""Cases from outstanding individual to official member: steps, votes, papers and time limits under dated rules."""
