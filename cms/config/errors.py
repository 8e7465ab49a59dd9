"""What a command says, and how it ends, when it can't do what was asked."""


class PleinError(Exception):
    """One sentence that says what is wrong and what to do; it becomes the exit code."""

    exit_code = 1


class WrongUseError(PleinError):
    """The settings or the arguments can't be used."""

    exit_code = 2


class HomeUnusableError(PleinError):
    """The folder with all state can't be written."""

    exit_code = 3


class AlreadyRunningError(PleinError):
    """Another process works in the same home."""

    exit_code = 4


class PortTakenError(PleinError):
    """Something else listens where the hub would."""

    exit_code = 5
