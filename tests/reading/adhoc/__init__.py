"""Ad-hoc Cypher: what is refused, what is answered, limits, the command."""
