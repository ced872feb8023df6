"""What has been tried against the product: faults and threats, the tests that show each, and what is open."""
