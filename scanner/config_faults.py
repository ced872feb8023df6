"""What pydantic finds wrong in the configuration, in words for who writes YAML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

_WORDS = {
    "tuple_type": "must be a list: [one, another]",
    "list_type": "must be a list: [one, another]",
    "dict_type": "must have options of its own, indented below it",
    "mapping_type": "must have options of its own, indented below it",
    "model_type": "must have options of its own, indented below it",
    "string_type": "must be text; put it in quotes",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "missing": "is missing",
}


def told(error: ValidationError, file: type[BaseModel] | None = None) -> tuple[tuple[str | int, ...], str]:
    """The first fault: where it is, and what to do, without the value. `file`: the model of the whole file."""
    first = error.errors(include_input=False, include_url=False)[0]
    if first["type"] == "extra_forbidden" and file:
        options = _level(file, first["loc"][:-1]).model_fields
        called = (field.alias or name for name, field in options.items())
        return first["loc"], f"no such option; there are {', '.join(called)}"
    return first["loc"], _WORDS.get(first["type"], first["msg"].removeprefix("Value error, "))


def _level(model: type[BaseModel], loc: tuple[str | int, ...]) -> type[BaseModel]:
    """The model whose options stand at a place; names that the user chose (of sources, of tables) lead no further."""
    for part in loc:
        field = model.model_fields.get(str(part))
        model = next(_models(field.annotation), model) if field else model
    return model


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)
