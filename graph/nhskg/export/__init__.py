"""The graph in the forms that people and programs read, one module for each: a page, tables, Turtle."""
