"""What the environment may say of the configuration: these names of variables."""

# Where the configuration file is.
CONFIG_VARIABLE = "OKR_SHEETS_CONFIG"
# Takes the place of `endpoint` in [google].
ENDPOINT_VARIABLE = "OKR_SHEETS_GOOGLE_ENDPOINT"
