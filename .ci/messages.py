"""Keep the translations complete: `messages.py check` tells what is missing, `merge` adds it."""

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "cms" / "locale" / "nl" / "LC_MESSAGES" / "django.po"
SOURCES = (ROOT / "cms", ROOT / "graphql" / "hub_api")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
CALLS = ("npgettext(", "pgettext(", "ngettext(", "gettext(", "_(")


class Message(NamedTuple):
    """One text of the interface, in the words of the source."""

    text: str
    plural: str
    context: str


def messages_of_python(path: Path) -> Iterator[Message]:
    """Find the texts of one module."""
    with path.open("rb") as file:
        for _line, found, _comments, context in extract("python", file, keywords=KEYWORDS):
            texts = (found, "") if isinstance(found, str) else (*found, "")
            yield Message(str(texts[0]), str(texts[1]), context or "")


def messages_of_template(path: Path) -> Iterator[Message]:
    """Find the texts of one template, in the calls Django writes out for them."""
    code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    position = 0
    while position < len(code):
        call = next((call for call in CALLS if code.startswith(call, position)), "")
        if not call or (position and (code[position - 1].isalnum() or code[position - 1] == "_")):
            position += 1
            continue
        name, arguments, position = _read_call(code, position)
        texts = [str(text) for text in arguments if isinstance(text, str)]
        context = texts.pop(0) if "pgettext" in name else ""
        yield Message(texts[0], texts[1] if name.startswith("n") else "", context)


def _read_call(code: str, start: int) -> tuple[str, list[object], int]:
    """Parse the shortest piece of code from `start` that is a whole call."""
    end = start
    while (end := code.index(")", end) + 1) <= len(code):
        try:
            node = ast.parse(code[start:end], mode="eval").body
        except SyntaxError:
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            values = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
            return node.func.id, list(values), end
    message = f"Half a call at {start}"
    raise ValueError(message)


def messages_in(folders: Iterable[Path]) -> dict[Message, str]:
    """Return every text of the source, with the place where it first stands."""
    found: dict[Message, str] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix == ".py" and "migrations" not in path.parts:
                texts = messages_of_python(path)
            elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
                texts = messages_of_template(path)
            else:
                continue
            for text in texts:
                found.setdefault(text, str(path.relative_to(ROOT)))
    return found


def _key(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def wrong_with(catalogue: polib.POFile, wanted: dict[Message, str]) -> list[str]:
    """Return one line for each text that is missing, doubtful, empty or no longer used."""
    held = {_key(entry): entry for entry in catalogue if not entry.obsolete}
    wrong = [
        f"{place}: {text.text!r} is missing" for text, place in wanted.items() if text not in held
    ]
    for text, entry in held.items():
        if text not in wanted:
            wrong.append(f"{text.text!r} is used nowhere")
        elif entry.fuzzy:
            wrong.append(f"{text.text!r} is marked as doubtful (fuzzy)")
        elif not entry.translated():
            wrong.append(f"{text.text!r} is not translated")
    return wrong


def merge(catalogue: polib.POFile, wanted: dict[Message, str]) -> None:
    """Add what is missing, still to be translated; remove what is used nowhere."""
    held = {_key(entry): entry for entry in catalogue}
    for text, entry in held.items():
        if text not in wanted:
            catalogue.remove(entry)
    for text, place in wanted.items():
        if text not in held:
            catalogue.append(
                polib.POEntry(
                    msgid=text.text,
                    msgid_plural=text.plural,
                    msgctxt=text.context or None,
                    msgstr_plural={0: "", 1: ""} if text.plural else {},
                    occurrences=[(place, "")],
                )
            )


def main(argv: list[str]) -> int:
    """Check, or merge and then check."""
    settings.configure()
    wanted = messages_in(SOURCES)
    catalogue = polib.pofile(str(CATALOGUE))
    if argv[1:] == ["merge"]:
        merge(catalogue, wanted)
        catalogue.save()
    wrong = wrong_with(catalogue, wanted)
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"{len(wanted)} texts, {len(wrong)} of them need attention.")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv))
