"""A JSON Schema of the configuration, from its models, for editors that complete and check TOML.

Says the shape with every short form that a person may type. What only `load_config` can tell (regular expressions,
keys that exclude each other) is not in it.
"""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from sync.config.settings import Config

# The dialect that the TOML tools of editors know.
DIALECT = "http://json-schema.org/draft-07/schema#"


class _WithoutNull(GenerateJsonSchema):
    """TOML has no null, and a table that may be left out says its defaults key by key."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> dict[str, Any]:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> dict[str, Any]:
        found = super().default_schema(schema)
        if found.get("default") is None or isinstance(found["default"], dict):
            found.pop("default", None)
        return found


def config_schema() -> dict[str, Any]:
    """The schema of the whole file."""
    schema = Config.model_json_schema(ref_template="#/definitions/{model}", schema_generator=_WithoutNull)
    return {"$schema": DIALECT, "title": "okr-sheets configuration", "definitions": schema.pop("$defs")} | {
        key: value for key, value in schema.items() if key != "title"
    }
