"""Small faults in a module's own text: another comparison, and for or, a number more by one, nothing returned …"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip


class Mutant(NamedTuple):
    """One fault: where it is, what it does, and the module with it."""

    line: int
    what: str
    tree: ast.Module
    name: str
    """The same while its line is, wherever that moves: `constant 2 in x = 1 < 2`."""


def mutants(source: str) -> Iterator[Mutant]:
    """All faults of a module, one at a time. Type hints, docstrings and decorators are left alone.

    >>> [(one.line, ast.unparse(one.tree)) for one in mutants("x = 1 < y")]
    [(1, 'x = 1 <= y'), (1, 'x = 2 < y')]
    """
    lines = source.splitlines()
    alike: Counter[str] = Counter()
    for number in range(sum(1 for _ in _faults(ast.parse(source)))):
        tree = ast.parse(source)
        node, what = list(_faults(tree))[number]
        _apply(node)
        name = f"{what} in {lines[node.lineno - 1].strip()}"
        alike[name] += 1
        told = name if alike[name] == 1 else f"{what} {alike[name]}{name.removeprefix(what)}"
        yield Mutant(node.lineno, what, ast.fix_missing_locations(tree), told)


def _faults(tree: ast.Module) -> Iterator[tuple[ast.expr | ast.Return, str]]:
    left = {id(inner) for outer in _left(tree) for inner in ast.walk(outer)}
    for node in ast.walk(tree):
        if id(node) not in left and isinstance(node, ast.expr | ast.Return) and (what := _what(node)):
            yield node, what


def _left(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield from node.decorator_list
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
            yield node.annotation
        if isinstance(node, ast.FunctionDef) and node.returns:
            yield node.returns


def _what(node: ast.expr | ast.Return) -> str:
    match node:
        case ast.Compare(ops=[op]) if type(op) in _COMPARISONS:
            return "comparison"
        case ast.BoolOp():
            return "and/or"
        case ast.BinOp(op=op) if type(op) in _OPERATORS:
            return "operator"
        case ast.UnaryOp(op=ast.Not()):
            return "not"
        case ast.Constant(value=bool() | int()):
            return "constant"
        case ast.Return(value=value) if value is not None and not isinstance(value, ast.Constant):
            return "return"
    return ""


def _apply(node: ast.expr | ast.Return) -> None:
    match node:
        case ast.Compare(ops=[op]):
            node.ops = [_COMPARISONS[type(op)]()]
        case ast.BoolOp(op=op):
            node.op = ast.Or() if isinstance(op, ast.And) else ast.And()
        case ast.BinOp(op=op):
            node.op = _OPERATORS[type(op)]()
        case ast.UnaryOp():
            node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), node.operand)
        case ast.Constant(value=bool() as value):
            node.value = not value
        case ast.Constant(value=int() as value):
            node.value = value + 1
        case ast.Return():
            node.value = ast.Constant(None)
