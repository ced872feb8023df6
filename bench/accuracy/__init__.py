"""How right the analyzer is, on label sets of our own that were written without a look at the recognizers."""
