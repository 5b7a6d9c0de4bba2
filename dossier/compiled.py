"""Templates to Python functions that give text. Part of `render`.

Templates are Jinja's, but a page takes Jinja six times as long, and so does getting ready. Here a macro, a block or a
page of the plain part of its language becomes a function of one expression: a text with holes, where loops are joined
and conditions choose. At anything else `NotPlain` is raised, and `render` leaves the page to Jinja.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from functools import lru_cache
from types import CodeType

import markupsafe
from markupsafe import Markup, escape

from dossier.expressions import (
    AT,
    BLOCKS,
    COUNTED,
    ESCAPED,
    SAFE,
    Loop,
    Reader,
    Scope,
    call,
    constant,
    load,
    method,
    store,
    text,
)
from dossier.frozen import dataclass
from dossier.patterns import regex
from dossier.tags import pieces
from dossier.values import Html

_WORD = regex(r"\w*")
_INDENTATION = regex(r"(<pre\b.*?</pre>)|^[ \t]+", re.MULTILINE | re.DOTALL)
_SAFE = (Html, int)
_escape_text = markupsafe._escape_inner  # type: ignore[attr-defined]  # `escape` without a `Markup` around it


def escaped(value: object) -> object:
    """A value as a page prints it: all but markup that the build made is escaped."""
    if type(value) is str:
        return _escape_text(value)
    return value if type(value) in _SAFE else escape(value)


NAMES: Mapping[str, object] = {ESCAPED: escaped, SAFE: Markup, COUNTED: enumerate}
"""What every function needs around it, beside its messages and globals."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template as code that defines its functions, to be run where the names are that these use: `NAMES`, globals,
    its messages in the page's language as `told`, and the functions of the templates it `needs`."""

    code: CodeType
    needs: tuple[str, ...]
    messages: tuple[str, ...]


def unindented(source: str) -> str:
    """A template without its indentation, which is for those who read it: a visitor would pay for it on every page.
    In a block of code it is meant."""
    return _INDENTATION.sub(lambda found: found[1] or "", source)


def page_function(template: str) -> str:
    """The name of the function that makes a page of a template. It takes the page, and blocks by name that win."""
    return f"{template}:"


@lru_cache(maxsize=256)
def compiled(name: str, source: str) -> Compiled:
    """Raises `NotPlain`."""
    maker = _Maker(name, unindented(source))
    maker.template()
    code = compile(ast.Module(maker.functions, []), f"templates/{name}", "exec")
    return Compiled(code, (*maker.needs,), (*maker.reader.messages,))


@dataclass(slots=True)
class _Body:
    """What stands between two tags: what is assigned, then what is printed, and the words of the tag that ends it."""

    steps: list[ast.stmt]
    parts: list[str | ast.expr]
    end: str = ""


class _Maker:
    """Makes the functions of one template."""

    def __init__(self, name: str, source: str) -> None:
        self._name = name
        self._pieces = pieces(source)
        self._parent = ""
        self._blocks: dict[str, str] = {}
        self.reader = Reader(name)
        self.functions: list[ast.stmt] = []
        self.needs: dict[str, None] = {}

    def template(self) -> None:
        body = self._body(Scope(frozenset({"page"}), {}))
        if self._parent:
            # What a template prints outside its blocks is lost where it extends another.
            if body.steps or any(not isinstance(part, str) or part.strip() for part in body.parts):
                raise self.reader.refused()
            names: list[ast.expr | None] = [constant(block) for block in self._blocks]
            mine: list[ast.expr] = [load(function) for function in self._blocks.values()]
            blocks = ast.Dict([*names, None], [*mine, load(BLOCKS)], **AT)
            body.parts = [call(load(page_function(self._parent)), load("page"), blocks)]
        self._function(page_function(self._name), ["page", BLOCKS], [], body)

    def _function(self, name: str, parameters: list[str], defaults: list[ast.expr], body: _Body) -> None:
        arguments = ast.arguments([], [ast.arg(each, None, **AT) for each in parameters], None, [], [], None, defaults)
        steps = [*body.steps, ast.Return(text(body.parts), **AT)]
        self.functions.append(ast.FunctionDef(name, arguments, steps, [], None, **AT))

    def _body(self, scope: Scope, *ends: str) -> _Body:
        """What stands from here to a tag that begins with one of `ends`; without these, to the end of the template."""
        body = _Body([], [])
        for piece in self._pieces:
            words = self.reader.words = piece.words
            if piece.kind == "":
                body.parts.append(words)
                continue
            if piece.kind == "{{":
                body.parts.append(self.reader.printed(words, scope))
                continue
            found = _WORD.match(words)
            word = found[0] if found else ""
            rest = words[len(word) :]
            if word in ends:
                body.end = words
                return body
            if word in _PRINTING:
                body.parts.append(_PRINTING[word](self, rest, scope))
            elif word == "macro":
                self._macro(rest, scope)
            elif word == "from":
                self._from(rest, scope)
            elif word == "extends" and not self._parent:
                self._parent = self._needed(rest)
            elif word == "set" and all(isinstance(part, str) for part in body.parts):
                body.steps.append(self._set(rest, scope))
            else:
                raise self.reader.refused()
        if ends:
            raise self.reader.refused()
        return body

    def _inner(self, scope: Scope, *ends: str) -> tuple[ast.expr, str]:
        """What is printed inside a tag, and the words of the tag that ends it."""
        body = self._body(scope, *ends)
        if body.steps:
            raise self.reader.refused()
        return text(body.parts), body.end

    def _if(self, rest: str, scope: Scope) -> ast.expr:
        test = self.reader.value(self.reader.expression(rest), scope)
        chosen, end = self._inner(scope.inner(), "elif", "else", "endif")
        otherwise: ast.expr = constant("")
        if end == "else":
            otherwise, _ = self._inner(scope.inner(), "endif")
        elif end != "endif":
            otherwise = self._if(end.removeprefix("elif"), scope)
        return ast.IfExp(test, chosen, otherwise, **AT)

    def _for(self, rest: str, scope: Scope) -> ast.expr:
        read = self.reader.expression(f"[0 for {rest}]")
        if not isinstance(read, ast.ListComp) or len(read.generators) > 1 or read.generators[0].ifs:
            raise self.reader.refused()
        (turns,) = read.generators
        turns.iter = self.reader.value(turns.iter, scope)
        names = turns.target.elts if isinstance(turns.target, ast.Tuple) else [turns.target]
        depth = len(scope.loops)
        loop = Loop(f"{depth}:loop")
        inner = scope.inner()
        inner.variables = scope.variables.union([self.reader.variable(each) for each in names])
        inner.loops = (*scope.loops, loop)
        each_turn, end = self._inner(inner, "else", "endfor")
        if loop.asked:
            turns.target = ast.Tuple([store(loop.count), turns.target], ast.Store(), **AT)
            turns.iter = call(load(COUNTED), turns.iter)
        made: ast.expr = ast.ListComp(each_turn, [turns], **AT)
        join = method(constant(""), "join")
        if end != "else":
            return call(join, made)
        # The other text is for a loop without a turn, not for one that printed nothing.
        kept = f"{depth}:turns"
        otherwise, _ = self._inner(scope.inner(), "endfor")
        return ast.IfExp(ast.NamedExpr(store(kept), made, **AT), call(join, load(kept)), otherwise, **AT)

    def _block(self, rest: str, scope: Scope) -> str | ast.expr:
        name, *more = rest.split()
        if more not in ([], ["required"]):
            raise self.reader.refused()
        self._blocks[name] = function = f"{self._name}:block {name}"
        around = Scope(frozenset({"page"}), dict(scope.macros))
        self._function(function, ["page", BLOCKS], [], self._body(around, "endblock"))
        if self._parent:
            return ""
        made: ast.expr = ast.Subscript(load(BLOCKS), constant(name), ast.Load(), **AT)
        if not more:
            made = call(method(load(BLOCKS), "get"), constant(name), load(function))
        return call(made, load("page"), load(BLOCKS))

    def _macro(self, rest: str, scope: Scope) -> None:
        definition = self.reader.statement(f"def {rest}: 0")
        if not isinstance(definition, ast.FunctionDef):
            raise self.reader.refused()
        given = definition.args
        others = (given.vararg, given.kwarg, *given.posonlyargs, *given.kwonlyargs, definition.returns)
        if any(others) or any(each.annotation for each in given.args):
            raise self.reader.refused()
        names = [each.arg for each in given.args]
        defaults = [self.reader.value(default, Scope(frozenset(), {})) for default in given.defaults]
        scope.macros[definition.name] = function = f"{self._name}:{definition.name}"
        self._function(function, names, defaults, self._body(Scope(frozenset(names), dict(scope.macros)), "endmacro"))

    def _from(self, rest: str, scope: Scope) -> None:
        template, _, names = rest.partition(" import ")
        imported = self.reader.statement(f"from it import {names}")
        if not isinstance(imported, ast.ImportFrom):
            raise self.reader.refused()
        name = self._needed(template)
        scope.macros |= {each.asname or each.name: f"{name}:{each.name}" for each in imported.names}

    def _needed(self, words: str) -> str:
        """The template that a tag names."""
        name = self.reader.expression(words)
        if not isinstance(name, ast.Constant) or not isinstance(name.value, str):
            raise self.reader.refused()
        self.needs[name.value] = None
        return name.value

    def _set(self, rest: str, scope: Scope) -> ast.stmt:
        step = self.reader.statement(rest.strip())
        if not isinstance(step, ast.Assign) or len(step.targets) > 1:
            raise self.reader.refused()
        step.value = self.reader.value(step.value, scope)
        scope.variables |= {self.reader.variable(step.targets[0])}
        return step


_PRINTING = {"if": _Maker._if, "for": _Maker._for, "block": _Maker._block}
