"""What PyYAML says of a text that it cannot read, in plain words. Part of `load`; asked where `mend` has no guess."""

from __future__ import annotations

_SAYINGS = (
    (
        "mapping values are not allowed",
        "a colon followed by a space stands inside a value",
        "Put the whole value between quotation marks.",
    ),
    (
        "could not find expected ':'",
        "there is a key without its colon, or a line that is not indented under its key",
        "Write 'key: value' with a space after the colon, and indent what belongs to a key.",
    ),
    (
        "unexpected end of stream",
        "a quotation mark is opened here and never closed",
        "Close it where the value ends.",
    ),
    (
        "did not find expected key",
        "this line is not indented like the keys around it, or a quotation mark before it is not closed",
        "Indent the keys of one record alike, with spaces.",
    ),
    (
        "did not find expected '-' indicator",
        "this line should begin an item of a list, or is not indented like the others",
        "Begin each record of a list with '- ' in the same column.",
    ),
    (
        "block sequence entries are not allowed",
        "a list begins on the line of its key",
        "Put the first '- ' on a line of its own, under the key.",
    ),
    (
        "did not find expected ',' or",
        "a bracket or brace is opened and never closed, or a comma is missing",
        "Close the bracket, and put a comma between the items.",
    ),
    (
        "cannot start any token",
        "a value begins with a character that has a meaning of its own in YAML",
        "Put the value between quotation marks.",
    ),
    (
        "unknown escape character",
        "between double quotation marks, a backslash gives the next character another meaning",
        "Use single quotation marks, or write the backslash twice.",
    ),
    (
        "did not find expected hexdecimal number",
        "between double quotation marks, a backslash gives the next characters another meaning",
        "Use single quotation marks, or write the backslash twice.",
    ),
    (
        "did not find expected node content",
        "something is missing after this mark",
        "Write the value, or remove the mark.",
    ),
    (
        "expected <document start>",
        "this line begins further left than the first line of the file",
        "Begin the first key of the file, and all like it, at the margin.",
    ),
    (
        "scanning a directive",
        "a line that begins with % is an instruction to YAML, not data",
        "Remove the line, or put the text between quotation marks.",
    ),
    (
        "alphabetic or numeric character",
        "a value begins with & or *, which have a meaning of their own in YAML",
        "Put the value between quotation marks.",
    ),
    (
        "comment or line break",
        "a value begins with > or |, which have a meaning of their own in YAML",
        "Put the value between quotation marks.",
    ),
)


def saying(said: str) -> tuple[str, str]:
    """What is wrong and what to do, for the words of the parser."""
    for words, meaning, cure in _SAYINGS:
        if words in said:
            return meaning, cure
    return f"the rest of this line is not written as YAML has it ({said})", ""
