"""The configuration: one TOML file to frozen settings, or all its faults at once."""
