"""Whether anything is ever lost: harnesses that kill, fill, cut and damage, on the program's own way of saving."""
