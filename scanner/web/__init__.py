"""The pages for compliance, support and engineers, and the JSON API; needs the extra `web`."""
