"""What people have decided: about findings, samples, systems and the open questions of the policy."""
