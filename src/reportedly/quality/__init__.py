"""How good a coding is: samples, the share that is right, agreement of judges, differences of codings, faults."""
