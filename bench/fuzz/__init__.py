"""Whatever comes in from outside, distorted at length: what must hold, and what was found."""
