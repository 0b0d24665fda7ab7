"""What all commands share: the terminal, and click in two languages."""

import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import click
from rich.console import Console

from esdash.errors import UserError
from esdash.inventory import Inventory, backups, default_path, open_file
from esdash.inventory.access import Action, Actor
from esdash.inventory.file import attaching, files
from esdash.texts import LANGUAGES, Text

PATIENCE_SECONDS = 1.0  # seconds after which a command shows that it is working
EXIT_FAULTS, EXIT_USER_ERROR, EXIT_UNEXPECTED, EXIT_INTERRUPTED = 1, 2, 3, 130

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)


def _spoken(environment: Mapping[str, str]) -> str:
    """The language of the terminal: English if its locale is English, otherwise German."""
    wanted = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "en" if wanted.startswith("en") else "de"


@dataclass
class Terminal:
    """What all commands share: the language, the inventory file, the clock."""

    text: Text = field(default_factory=lambda: Text(_spoken(os.environ)))
    database: Path = field(default_factory=default_path)
    debug: bool = False
    clock: files.Clock = files.utc_now

    def say(self, key: str, **values: Any) -> None:
        """Print a sentence to standard output."""
        click.echo(self.text(key, **values))

    def actor(self, name: str | None = None) -> Actor:
        """The actor of the command line: staff of this office, with the given name."""
        return Actor(name or self.text("cli.actor"))

    @contextmanager
    def working(self, key: str) -> Iterator[None]:
        """Show on a terminal that the command is working, if it takes a while."""
        console = Console(stderr=True)
        status = console.status(self.text(key))
        timer = threading.Timer(PATIENCE_SECONDS, status.start)
        if console.is_terminal:
            timer.start()
        try:
            yield
        finally:
            timer.cancel()
            if timer.is_alive():
                timer.join()
            status.stop()

    @contextmanager
    def inventory(self, opened: Callable[..., Inventory] = open_file) -> Iterator[Inventory]:
        """The opened inventory, closed at the end."""
        inventory = opened(self.database, clock=self.clock)
        try:
            yield inventory
        finally:
            inventory.close()

    @contextmanager
    def copied_inventory(self, opened: Callable[..., Inventory] = open_file) -> Iterator[Inventory]:
        """A temporary copy of the inventory, to try something out."""
        with tempfile.TemporaryDirectory() as folder:
            with self.inventory() as inventory:
                copy = backups.write(inventory, Path(folder) / "copy.duckdb", self.actor(), Action.IMPORT_TABLE)
            tried = opened(copy, clock=self.clock)
            try:
                yield tried
            finally:
                tried.close()


class Option(click.Option):
    """An option whose `help` is a key into the texts."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The names and the help text of the option, in the language of the terminal."""
        return self.get_help_spec(ctx), ctx.ensure_object(Terminal).text(str(self.help))


class Command(click.Command):
    """A command whose `help` is a key into the texts; its first line is the summary."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help text of the command, in the language of the terminal."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(ctx.ensure_object(Terminal).text(str(self.help)).strip())

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help, with its text in the language of the terminal."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = ctx.ensure_object(Terminal).text("cli.option_help")
        return option

    def get_short_help_str(self, limit: int = 45) -> str:
        """The summary, without cutting it."""
        terminal = click.get_current_context().ensure_object(Terminal)
        return terminal.text(str(self.help)).strip().partition("\n")[0]


class Program(Command, click.Group):
    """The group of all commands, and the one place where errors become sentences and exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands in the order in which they are usually needed."""
        return list(self.commands)

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> NoReturn:  # type: ignore[override]
        """Run a command line and leave with its exit code; errors are sentences, tracebacks only with --debug."""
        extra.pop("standalone_mode", None)
        terminal: Terminal = extra.setdefault("obj", Terminal())
        try:
            sys.exit(super().main(args, prog_name, standalone_mode=False, **extra) or 0)
        except UserError as error:
            if terminal.debug:
                raise
            for other in getattr(error, "others", ()):  # of several faults in one folder
                click.echo("  " + terminal.text.error(other)[0], err=True)
            _complain(terminal.text, *terminal.text.error(error), code=EXIT_USER_ERROR)
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            sys.exit(EXIT_USER_ERROR)
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else ""
            help_line = terminal.text("cli.see_help", command=command)
            _complain(terminal.text, _explained(error, terminal.text), help_line, code=EXIT_USER_ERROR)
        except (click.Abort, KeyboardInterrupt):
            _complain(terminal.text, terminal.text("cli.interrupted"), code=EXIT_INTERRUPTED)
        except Exception as error:
            if terminal.debug:
                raise
            if known := attaching.of_the_disk(error, terminal.database):
                _complain(terminal.text, *terminal.text.error(known), code=EXIT_USER_ERROR)
            details = f"{type(error).__name__}: {error}".splitlines()[0]
            sentences = terminal.text("cli.unexpected", details=details), terminal.text("cli.unexpected_hint")
            _complain(terminal.text, *sentences, code=EXIT_UNEXPECTED)


def _explained(error: click.UsageError, text: Text) -> str:
    """The message for a mistake on the command line."""
    if isinstance(error, click.NoSuchOption | click.exceptions.NoSuchCommand):
        option = isinstance(error, click.NoSuchOption)
        name = error.option_name if isinstance(error, click.NoSuchOption) else error.command_name
        guess = f" {text('cli.did_you_mean', name=error.possibilities[0])}" if error.possibilities else ""
        return text("cli.no_such_option" if option else "cli.no_such_command", name=name) + guess
    if isinstance(error, click.BadParameter) and error.param is not None:
        name = error.param.opts[0] if isinstance(error.param, click.Option) else str(error.param.metavar)
        if isinstance(error, click.MissingParameter):
            return text("cli.missing", name=name)
        if isinstance(error.param.type, click.IntRange):
            low, high = str(error.param.type.min), str(error.param.type.max)  # as one types them: a year has no dot
            return text("cli.bad_range", name=name, low=low, high=high)
        if isinstance(error.param.type, type(click.INT)):
            return text("cli.bad_number", name=name)
        if isinstance(error.param.type, click.Choice):
            return text("cli.bad_choice", name=name, choices=", ".join(error.param.type.choices))
        return text("cli.bad_value", name=name, message=error.message)
    return error.format_message()


def _complain(text: Text, message: str, hint: str = "", *, code: int) -> NoReturn:
    click.echo(text("cli.error", message=message), err=True)
    if hint:
        click.echo(hint, err=True)
    sys.exit(code)


def option(*names: str, **settings: Any) -> Callable[[Any], Any]:
    """An option; its `help` is a key into the texts."""
    return click.option(*names, cls=Option, **settings)


def _remember(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Store an option of all commands, which may be given before or after the name of the command."""
    if value is not None and value is not False:
        setattr(ctx.ensure_object(Terminal), "text" if param.name == "language" else str(param.name), value)


def common(function: Any) -> Any:
    """The options of every command, and the terminal as first argument."""
    shared: dict[str, Any] = {"callback": _remember, "expose_value": False, "is_eager": True}
    as_text = shared | {"callback": lambda ctx, param, value: _remember(ctx, param, value and Text(value))}
    function = option("--language", help="cli.option_language", type=click.Choice(LANGUAGES), **as_text)(function)
    function = option("--debug", help="cli.option_debug", is_flag=True, **shared)(function)
    return option("--database", help="cli.option_database", metavar="FILE", type=FILE, **shared)(function)
