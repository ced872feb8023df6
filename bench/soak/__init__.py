"""Hours of mixed faults: is the answer the same at the end, and does nothing grow?"""
