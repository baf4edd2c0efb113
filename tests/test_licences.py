"""What is installed with okr-sheets may be given away with it: every library's licence goes with the MIT licence."""

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# Licences that ask for their notice and no more; those of Mozilla cover their own files alone.
FREE = re.compile(r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|Zope|ZPL|Mozilla|MPL-2\.0|Unlicense|0BSD", re.I)
# Used as a library that anybody can replace, which these allow.
LIBRARY_ONLY = re.compile(r"LGPL|Lesser General Public", re.I)
NEVER = re.compile(r"AGPL|Affero|(?<!L)GPL|(?<!Lesser )General Public|Proprietary|Commercial|SSPL", re.I)
EXTRAS = ("", "postgresql")


def needed(name: str, extras: tuple[str, ...], met: set[str]) -> Iterator[Distribution]:
    """A distribution and all that it needs, each once; without what is not for this platform."""
    found = distribution(name)
    yield found
    for line in found.requires or ():
        requirement = Requirement(line)
        marker, wanted = requirement.marker, canonicalize_name(requirement.name)
        applies = marker is None or any(marker.evaluate({"extra": extra}) for extra in extras)
        if applies and wanted not in met:
            met.add(wanted)
            yield from needed(requirement.name, ("", *requirement.extras), met)


def licence(found: Distribution) -> str:
    """What a distribution says of its licence, in whichever of the three places."""

    def told(name: str) -> list[str]:
        return found.metadata.get_all(name) or []

    classifiers = [each for each in told("Classifier") if each.startswith("License")]
    return " / ".join([*told("License-Expression"), *(each[:60] for each in told("License")), *classifiers])


LIBRARIES = {found.name: licence(found) for found in needed("okr-sheets", EXTRAS, set())}


@pytest.mark.parametrize("name", sorted(LIBRARIES))
def test_a_library_may_be_given_away_with_this(name: str) -> None:
    said = LIBRARIES[name]
    assert FREE.search(said) or LIBRARY_ONLY.search(said), said
    assert not NEVER.search(LIBRARY_ONLY.sub("", said)), said
