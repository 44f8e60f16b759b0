"""What Gephi makes of a file: the toolkit inside of the program, run without its windows."""
