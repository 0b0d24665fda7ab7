"""`verify`: whether a file is a frozen version, and whether the chain of versions is whole."""

import json
from pathlib import Path

import click

from esdash.commands.terminal import EXIT_FAULTS, FILE, Command, Terminal, common, option
from esdash.errors import UserError
from esdash.inventory.importing.read.limits import MAX_BYTES


@click.command(cls=Command, help="cli.verify_help")
@click.argument("file", metavar="FILE", type=FILE, required=False)
@option("--json", "as_json", help="cli.option_json", is_flag=True)
@common
@click.pass_obj
def verify(terminal: Terminal, file: Path | None, as_json: bool) -> int:
    """Compare a file with the frozen versions, or check their chain."""
    return _chain(terminal, as_json) if file is None else _file(terminal, file, as_json)


def _file(terminal: Terminal, file: Path, as_json: bool) -> int:
    from esdash import analysis
    from esdash.analysis.versions import verifying
    from esdash.wording import versions as words

    content = _read(file)
    with terminal.inventory(analysis.open_inventory) as inventory:
        found = verifying.verify(inventory, file.name, content)
    if as_json:
        told = found._asdict() | {"fields": [field._asdict() for field in found.fields]}
        click.echo(json.dumps({"path": str(file), **told}, ensure_ascii=False))
    else:
        click.echo(words.verdict(found, terminal.text))
        for line in words.differing(found, terminal.text):
            click.echo(f"  {line}")
    return 0 if found.answer in ("unchanged", "resaved") else EXIT_FAULTS


def _chain(terminal: Terminal, as_json: bool) -> int:
    from esdash.inventory.steering.versions import chain
    from esdash.wording import versions as words

    with terminal.inventory() as inventory:
        links = chain(inventory)
    faulty = [link for link in links if link.broken]
    if as_json:
        told = [{"number": link.number, "sha256": link.sha256, "broken": list(link.broken)} for link in links]
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        for line in words.chain(len(links), {link.number: link.broken for link in faulty}, terminal.text):
            click.echo(line)
    return EXIT_FAULTS if faulty else 0


def _read(file: Path) -> bytes:
    """The file. Raises UserError if it is missing, cannot be read or is too large to be one of ours."""
    if not file.is_file():
        raise UserError("import_missing", file=file.name)
    if file.stat().st_size > MAX_BYTES:
        raise UserError("import_too_large", file=file.name, limit=MAX_BYTES // 1_000_000)
    return file.read_bytes()
