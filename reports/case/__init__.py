"""Answers to people who ask about their own data: letters and the access package. Pure functions of what is given."""
