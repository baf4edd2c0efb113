"""What the page says of a configuration file that was changed and is not in force, whole or in part. Pure."""

from dataclasses import dataclass

from sync.config.standing import Standing
from webapp.reader.reader import Reader


@dataclass(frozen=True, slots=True)
class ConfigurationNote:
    """For whoever runs okr-sheets: what is so, and each fault to mend."""

    text: str
    faults: tuple[str, ...] = ()


def configuration_note(standing: Standing, reader: Reader) -> ConfigurationNote | None:
    """None where the file is in force as it is."""
    gettext = reader.words.gettext
    if standing.refused:
        text = gettext("The configuration was changed and cannot be used; the one before is still in force.")
        return ConfigurationNote(text, standing.refused[reader.language])
    if standing.waiting:
        keys = ", ".join(standing.waiting)
        return ConfigurationNote(
            gettext("Changed in the configuration, and waiting for a restart: %(keys)s.", keys=keys)
        )
    return None
