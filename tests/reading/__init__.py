"""Reading: places, what is withheld, copies of an area, ad-hoc Cypher."""
