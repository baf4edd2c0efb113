"""What scripts get: alignment.json, CSV, metrics, readiness."""
