"""What can go wrong in the press, in one sentence each."""


class PressError(Exception):
    """Something the person who runs the press can act on; the message says how."""


class NewsroomUnreachableError(PressError):
    """The newsroom did not answer, or not in a way that makes sense; asking again may help."""


class PreviewRefusedError(PressError):
    """The preview's token is unknown, too old, or not for this item."""


class PageError(PressError):
    """One page can't be printed; the rest of the hub can."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"The page of '{source}' can't be printed: {reason}")
        self.source = source
        self.reason = reason

    def __reduce__(self) -> tuple[type["PageError"], tuple[str, str]]:
        """Let another process that prints pages hand it over."""
        return PageError, (self.source, self.reason)
