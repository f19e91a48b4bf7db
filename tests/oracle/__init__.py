"""What the regulations say, written a second time: in plain Python, from the text, without the package under test."""
