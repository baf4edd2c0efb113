"""How to reach Google: as whom, where, and how much it allows."""

import re
from pathlib import Path
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from sync.config.faults import Fault
from sync.config.sources import Strict

# Reads, and as many writes, a minute, unless an admin asks Google for more.
PROJECT_LIMIT = 300

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,49}")


def _as_path(value: object) -> object:
    if isinstance(value, str) and value.lstrip().startswith("{"):
        raise Fault("key-pasted")
    return value


KeyFile = Annotated[Path, BeforeValidator(_as_path, json_schema_input_type=Path)]


class IdentitySettings(Strict):
    """One of several accounts, each with a quota of its own."""

    name: str = Field(description="What it is called here, such as “two”; also in `identity` of a spreadsheet.")
    credentials: KeyFile = Field(description="Key file of this service account.")
    requests_per_minute: int | None = Field(
        None, gt=0, description="What Google allows this account a minute; left out: as for all."
    )

    @field_validator("name")
    @classmethod
    def _a_name(cls, value: str) -> str:
        if not _NAME.fullmatch(value):
            raise Fault("not-a-name", value=value)
        return value


class GoogleSettings(Strict):
    """How to reach Google."""

    credentials: KeyFile | None = Field(
        None, description="Key file of the service account; left out: what the machine itself offers."
    )
    endpoint: str | None = Field(
        None, description="Address of a local Sheets server instead of Google, such as http://127.0.0.1:8001."
    )
    requests_per_minute: int = Field(
        60, gt=0, description="Reads, and as many writes, that Google allows the account a minute; we use four fifths."
    )
    project_requests_per_minute: int | None = Field(
        None,
        gt=0,
        description="The same for all accounts of one Google Cloud project together; left out: 300, as Google allows.",
    )
    watch: bool = Field(False, description="Ask Drive which files changed, and read quiet spreadsheets hourly.")
    identity: tuple[IdentitySettings, ...] = Field((), description="Several accounts instead of one.")

    @field_validator("endpoint")
    @classmethod
    def _an_address(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"https?://[^/\s]+/?", value):
            raise Fault("not-an-endpoint", value=value)
        return value.rstrip("/") if value else None

    @model_validator(mode="after")
    def _one_way_to_sign_in(self) -> Self:
        names = [each.name for each in self.identity]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise Fault("identity-twice", names=", ".join(twice))
        if self.identity and self.credentials is not None:
            raise Fault("credentials-and-identities")
        return self

    @property
    def accounts(self) -> dict[str, "GoogleSettings"]:
        """The settings of each account alone by its name; one without a name where only one is spoken of."""
        return {each.name: self._alone(each) for each in self.identity} or {"": self}

    @property
    def project_limit(self) -> int:
        """What all accounts of a project may send a minute; never less than one of them alone."""
        return self.project_requests_per_minute or max(PROJECT_LIMIT, self.requests_per_minute)

    def seen_from(self, folder: Path) -> "GoogleSettings":
        """With key files where they are for a configuration in that folder."""
        own = self.credentials and folder / self.credentials.expanduser()
        several = tuple(
            each.model_copy(update={"credentials": folder / each.credentials.expanduser()}) for each in self.identity
        )
        return self.model_copy(update={"credentials": own, "identity": several})

    def _alone(self, identity: IdentitySettings) -> "GoogleSettings":
        allowed = identity.requests_per_minute or self.requests_per_minute
        own = {"credentials": identity.credentials, "requests_per_minute": allowed, "identity": ()}
        return self.model_copy(update=own)
