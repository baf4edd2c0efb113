"""What goes wrong on purpose: faults, quota, and how an answer is sent."""
