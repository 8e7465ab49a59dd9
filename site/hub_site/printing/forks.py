"""Both cores: work is shared by forked processes, which begin as warm as their parent is."""

import gc
import os
import pickle
import signal
import threading
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, Never

from hub_site.errors import PressError

_CHUNK = 16
_WORTH_A_FORK = 400  # pages


def is_worth_sharing(count: int) -> bool:
    """Whether so many pages are done sooner, and safely, in several processes."""
    return count >= _WORTH_A_FORK and can_fork()


def can_fork() -> bool:
    """Tell whether forking is safe and of use.

    A fork leaves other threads behind, and for ever locked what they held. A daemon thread may be
    there: in a press that is one that waits for its supervisor's end and holds nothing.
    """
    main = threading.main_thread()
    others = [thread for thread in threading.enumerate() if thread is not main]
    is_alone = threading.current_thread() is main and all(thread.daemon for thread in others)
    return is_alone and hasattr(os, "fork") and _cores() > 1


def shared_out[T](count: int, job: Callable[[int], T], *, together: int = _CHUNK) -> Iterator[T]:
    """Give `job(0)` to `job(count - 1)` in order, worked out by a process for each core.

    A process does so many of them one after the other before it is another's turn: what lies
    together often needs the same.

    What a job raises is raised here in its turn. Nothing but its result comes back from a job, and
    that and its errors have to be picklable.
    """
    processes = _cores()
    chunks = [range(start, min(start + together, count)) for start in range(0, count, together)]
    workers: list[_Worker[T]] = []
    gc.freeze()  # a collection would touch, and so copy, every page of memory that is shared
    try:
        for number in range(processes):
            workers.append(_Worker(job, chunks[number::processes], earlier=workers))
        for number, chunk in enumerate(chunks):
            yield from workers[number % processes].results(len(chunk))
    finally:
        gc.unfreeze()
        for worker in workers:
            worker.end()


def _cores() -> int:
    """The cores that this process may use, which in a container is fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Worker[T]:
    """One forked process, that does every so-manieth chunk."""

    def __init__(
        self, job: Callable[[int], T], chunks: Sequence[range], *, earlier: "Sequence[_Worker[T]]"
    ) -> None:
        reading, writing = os.pipe()
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
            self._pid = os.fork()  # warns of any other thread: `can_fork` looked at which
        if self._pid == 0:
            # An earlier process would not notice the parent's end while its pipe is open here.
            for fd in (reading, *(worker.fileno() for worker in earlier)):
                os.close(fd)
            _work(writing, job, chunks)
        os.close(writing)
        self._pipe: BinaryIO = os.fdopen(reading, "rb")

    def fileno(self) -> int:
        return self._pipe.fileno()

    def results(self, count: int) -> Iterator[T]:
        for _ in range(count):
            try:
                is_result, outcome = pickle.load(self._pipe)  # noqa: S301 - from our own fork
            except (EOFError, pickle.UnpicklingError) as error:
                raise PressError(
                    "A process that printed pages was ended before it was done. If memory is"
                    " short, give this machine more; the press tries again."
                ) from error
            if not is_result:
                raise outcome
            yield outcome

    def end(self) -> None:
        self._pipe.close()
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)


def _work(fd: int, job: Callable[[int], object], chunks: Sequence[range]) -> Never:
    code = 1
    try:
        # The parent's handlers are for the parent; it ends its processes itself.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        with os.fdopen(fd, "wb") as pipe:
            for chunk in chunks:
                for index in chunk:
                    pickle.dump(_outcome(job, index), pipe, pickle.HIGHEST_PROTOCOL)
                pipe.flush()
        code = 0
    except BrokenPipeError:
        code = 0  # nobody waits for the rest
    except BaseException:  # noqa: BLE001 - this process ends here, whatever it was
        traceback.print_exc()
    finally:
        os._exit(code)


def _outcome[T](job: Callable[[int], T], index: int) -> tuple[bool, T | Exception]:
    try:
        return True, job(index)
    except Exception as error:  # noqa: BLE001 - raised where the result is waited for
        return False, error
