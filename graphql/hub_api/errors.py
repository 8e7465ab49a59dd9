"""What a caller may know of what went wrong."""

from graphql import GraphQLError
from strawberry.extensions import MaskErrors


class CallerError(GraphQLError):
    """Something the caller can do something about; its sentence is shown, nothing else is."""

    code = "BAD_REQUEST"

    def __init__(self, message: str) -> None:
        super().__init__(message, extensions={"code": self.code})


class ForbiddenError(CallerError):
    code = "FORBIDDEN"


class PreviewOverError(CallerError):
    code = "PREVIEW_OVER"


def was_not_meant_for_the_caller(error: GraphQLError) -> bool:
    """Tell a fault of ours from a fault in the question, which the caller must be able to read."""
    original = error.original_error
    return original is not None and not isinstance(original, GraphQLError)


def mask_errors() -> MaskErrors:
    return MaskErrors(
        should_mask_error=was_not_meant_for_the_caller,
        error_message="Something went wrong in the newsroom; it has been noted there.",
    )
