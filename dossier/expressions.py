"""What stands in a template's tags, as expressions of Python. Part of `compiled`.

Plain expressions mean the same to Jinja and to Python, so Python reads them; all others are refused with `NotPlain`.
"""

from __future__ import annotations

import ast
from typing import TypedDict

from dossier.frozen import dataclass
from dossier.patterns import regex

GETTEXT = ("_", "gettext")
GLOBALS = ("stylesheet", "scripts")
"""Names, beside those of the language's words, that a template may use anywhere."""

# Names that no template can have, since each holds a colon: functions use them beside a template's own.
ESCAPED, SAFE, COUNTED, BLOCKS = ":escaped", ":safe", ":counted", ":blocks"

_PLAIN = (
    ast.BoolOp, ast.UnaryOp, ast.BinOp, ast.Compare, ast.IfExp, ast.List, ast.Tuple, ast.Constant, ast.Load,
    ast.And, ast.Or, ast.Not, ast.Add, ast.Sub, ast.Mult,
    ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn,
)  # fmt: skip
"""What means the same to both, whatever it is made of."""
_CONSTANTS = {"true": True, "false": False, "none": None}
_UNLIKE = regex(r"""\\|^(?:[^"'#]|"[^"]*"|'[^']*')*#""")
"""Backslashes and comments: with these, Python reads other words than Jinja."""


class NotPlain(Exception):
    """A template holds what is left to Jinja: a filter, an include, a name from nowhere."""


def told(message: str) -> str:
    """The name under which a function finds a message in its page's language."""
    return f"_:{message}"


@dataclass(slots=True)
class Loop:
    """A loop around a point of a template, by the variable that counts its turns where these are asked for."""

    count: str
    asked: bool = False


@dataclass(slots=True)
class Scope:
    """Names that stand for something at a point of a template: variables, and macros with their functions."""

    variables: frozenset[str]
    macros: dict[str, str]
    loops: tuple[Loop, ...] = ()

    def inner(self) -> Scope:
        """A scope within this one: what is defined there holds there alone."""
        return Scope(self.variables, dict(self.macros), self.loops)


class Reader:
    """Reads the tags of one template. `words` is the tag at hand; `messages` are those that were met."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.words = ""
        self.messages: dict[str, None] = {}

    def refused(self) -> NotPlain:
        return NotPlain(f"{self._name}: {self.words}")

    def statement(self, words: str) -> ast.stmt:
        if _UNLIKE.search(words):
            raise self.refused()
        try:
            (statement,) = ast.parse(words).body
        except (SyntaxError, ValueError):
            raise self.refused() from None
        return statement

    def expression(self, words: str) -> ast.expr:
        # Between parentheses an expression may take several lines.
        statement = self.statement(f"({words})")
        if not isinstance(statement, ast.Expr) or not words.strip():
            raise self.refused()
        return statement.value

    def variable(self, node: ast.expr) -> str:
        if not isinstance(node, ast.Name) or node.id == "loop":
            raise self.refused()
        return node.id

    def printed(self, words: str, scope: Scope) -> ast.expr:
        """What a `{{ }}` prints, escaped unless it is markup."""
        node = self.expression(words)
        return self._markup(node, scope) if isinstance(node, ast.Call) else call(load(ESCAPED), self.value(node, scope))

    def value(self, node: ast.expr, scope: Scope) -> ast.expr:
        """An expression as it stands in a function."""
        if isinstance(node, ast.Name):
            if node.id in _CONSTANTS:
                return constant(_CONSTANTS[node.id])
            if node.id not in scope.variables and node.id not in GLOBALS:
                raise self.refused()
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "loop":
            return self._turn(node.attr, scope)
        elif isinstance(node, ast.Attribute):
            node.value = self.value(node.value, scope)
        elif isinstance(node, ast.Subscript):
            node.value, node.slice = self.value(node.value, scope), self.value(node.slice, scope)
        elif isinstance(node, ast.Call):
            return call(load(SAFE), self._markup(node, scope))
        else:
            self._plain(node, scope)
        return node

    def _plain(self, node: ast.AST, scope: Scope) -> None:
        """Goes on to the expressions that one is made of."""
        if not isinstance(node, _PLAIN):
            raise self.refused()
        for name, made_of in ast.iter_fields(node):
            if isinstance(made_of, ast.expr):
                setattr(node, name, self.value(made_of, scope))
            elif isinstance(made_of, ast.AST):
                self._plain(made_of, scope)
            elif isinstance(made_of, list):
                for index, each in enumerate(made_of):
                    if isinstance(each, ast.expr):
                        made_of[index] = self.value(each, scope)
                    else:
                        self._plain(each, scope)

    def _markup(self, node: ast.Call, scope: Scope) -> ast.expr:
        """What a macro or a message gives."""
        name = self.variable(node.func)
        if name in scope.variables or not all(each.arg for each in node.keywords):
            raise self.refused()
        arguments = [self.value(each, scope) for each in node.args]
        for each in node.keywords:
            each.value = self.value(each.value, scope)
        if name in scope.macros:
            return ast.Call(load(scope.macros[name]), arguments, node.keywords, **AT)
        message = arguments[0] if len(arguments) == 1 else None
        if name not in GETTEXT or not isinstance(message, ast.Constant) or not isinstance(message.value, str):
            raise self.refused()
        self.messages[message.value] = None
        said = load(told(message.value))
        if not node.keywords and "%" not in message.value:
            return said
        keys: list[ast.expr | None] = [constant(each.arg) for each in node.keywords]
        values = ast.Dict(keys, [call(load(ESCAPED), each.value) for each in node.keywords], **AT)
        return ast.BinOp(said, ast.Mod(), values, **AT)

    def _turn(self, attribute: str, scope: Scope) -> ast.expr:
        """Whether a loop is at its first turn, or at which: all of `loop` that takes no look ahead."""
        if not scope.loops or attribute not in ("first", "index", "index0"):
            raise self.refused()
        scope.loops[-1].asked = True
        count = load(scope.loops[-1].count)
        if attribute == "first":
            return ast.UnaryOp(ast.Not(), count, **AT)
        return ast.BinOp(count, ast.Add(), constant(1), **AT) if attribute == "index" else count


class _At(TypedDict):
    lineno: int
    col_offset: int


AT: _At = {"lineno": 1, "col_offset": 0}
"""The place that every node has to have. Where something is wrong in a template, Jinja says it."""


def load(name: str) -> ast.Name:
    return ast.Name(name, ast.Load(), **AT)


def store(name: str) -> ast.Name:
    return ast.Name(name, ast.Store(), **AT)


def constant(value: str | int | None) -> ast.Constant:
    return ast.Constant(value, **AT)


def call(function: ast.expr, *arguments: ast.expr) -> ast.Call:
    return ast.Call(function, [*arguments], [], **AT)


def method(of: ast.expr, name: str) -> ast.Attribute:
    return ast.Attribute(of, name, ast.Load(), **AT)


def text(parts: list[str | ast.expr]) -> ast.expr:
    """A text with holes, of texts and of expressions that give text."""
    values: list[ast.expr] = []
    words = ""
    for part in parts:
        if isinstance(part, str):
            words += part
            continue
        if words:
            values.append(constant(words))
            words = ""
        values.append(ast.FormattedValue(part, -1, None, **AT))
    if not values:
        return constant(words)
    return ast.JoinedStr([*values, constant(words)] if words else values, **AT)
