"""The web: views parse, call one function, render."""
