"""`doctor`: what is in the way, and what to do about it."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from sync.cli.companies import TellJson, for_each
from sync.cli.exits import CANNOT_RUN, FINE
from sync.cli.probing import run_probe
from sync.cli.terminal_language import terminal_language
from sync.clock import SystemClock
from sync.config.settings import Config
from sync.doctor import Finding, examine
from sync.domain.languages import N_
from sync.domain.printable import printable

_SIGNS = {True: "✓", False: "✗", None: "–"}


def doctor(
    config_path: Path,
    scratch: str | None,
    quota: bool,
    yes: bool,
    company: str | None,
    as_json: bool,
) -> None:
    """Say who we are to Google, what we may do, and what is in the way."""
    if scratch is not None and as_json:
        raise click.UsageError(N_("--probe prints a table of its own, without --json"))
    if scratch is not None:
        source = click.get_current_context().get_parameter_source("config_path")
        is_default = source is click.core.ParameterSource.DEFAULT
        run_probe(None if is_default else config_path, company, scratch, with_quota=quota, yes=yes)
    if quota or yes:
        raise click.UsageError(N_("--quota and --yes go with --probe"))
    for_each(config_path, company, _examine, as_json=as_json)


def _examine(config: Config, tell_json: TellJson | None) -> int:
    findings = examine(config, terminal_language(), SystemClock())
    well = _told(findings, tell_json) if tell_json else _printed(findings)
    return FINE if well else CANNOT_RUN


def _printed(findings: Iterable[Finding]) -> bool:
    """Each as soon as it is known; gives whether nothing is in the way."""
    well = True
    for finding in findings:
        well = well and finding.well is not False
        sign = "!" if finding.well and finding.remedy else _SIGNS[finding.well]
        click.echo(printable(f"{sign} {finding.what}: {finding.seen}"))
        if finding.remedy:
            click.echo(printable(f"    → {finding.remedy}"))
    return well


def _told(findings: Iterable[Finding], tell_json: TellJson) -> bool:
    """`well` is null where there was nothing to judge by."""
    found = [*findings]
    tell_json([asdict(finding) for finding in found])
    return all(finding.well is not False for finding in found)
