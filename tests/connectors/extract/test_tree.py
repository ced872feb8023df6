import pytest

from connectors.extract.limits import LimitReachedError
from connectors.extract.tree import Tree, flatten


@pytest.mark.parametrize(
    ("value", "fields"),
    [
        (None, {}),
        ({}, {}),
        ([], {}),
        ("x", {"": "x"}),
        ({"kund": {"namn": "Anna"}}, {"kund.namn": "Anna"}),
        ({"a": [{"b": "1"}, {"b": "2"}]}, {"a[0].b": "1", "a[1].b": "2"}),
        ([["x"], "y"], {"[0][0]": "x", "[1]": "y"}),
        ({"t": True, "f": False, "n": None, "i": 7, "d": 1.5}, {"t": "true", "f": "false", "i": "7", "d": "1.5"}),
        ({"a": {"": "text", "@id": "1"}}, {"a": "text", "a.@id": "1"}),
        ({"a.b": "1", "a": {"b": "2"}}, {"a.b": "1", "a.b_2": "2"}),
        ({"x": "A\u030asa\0"}, {"x": "Åsa "}),
    ],
)
def test_every_leaf_has_its_path(value: Tree, fields: dict[str, str]) -> None:
    assert flatten(value) == fields


def test_depth_is_limited() -> None:
    value: Tree = "x"
    for _ in range(200):
        value = [value]
    assert len(flatten(value)) == 1
    with pytest.raises(LimitReachedError):
        flatten([value])
