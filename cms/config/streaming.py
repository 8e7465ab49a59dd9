"""Send files from an asynchronous server a piece at a time, without reading them whole first."""

from collections.abc import AsyncIterator, Iterator
from functools import partial
from typing import cast

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase, StreamingHttpResponse


class StreamingHandler(ASGIHandler):
    """Django's handler, for files that come from synchronous code: uploads and static files."""

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """Give streaming answers an iterator that suits the server."""
        response = await super().get_response_async(request)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            pieces = cast("Iterator[bytes]", response.streaming_content)
            response.streaming_content = _piece_by_piece(iter(pieces))
        return response


async def _piece_by_piece(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    read = sync_to_async(partial(next, pieces, None), thread_sensitive=False)
    while (piece := await read()) is not None:
        yield piece
