"""The inventory for a data catalogue: which column holds which kind of personal data, as tags.

OpenLineage: one static `DatasetEvent` a table or folder, tags as its `TagsDatasetFacet` (spec 2-0-2, facet 1-0-0).
DataHub: a file of metadata change proposals for `datahub ingest`, tags of columns as JSON patches, so that what people
have written there stays. Neither holds a value, nor a name that the reports mask.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from reports.inventory import Inventory, Row

_SPEC = "https://openlineage.io/spec"
_EVENT = f"{_SPEC}/2-0-2/OpenLineage.json#/$defs/DatasetEvent"
_TAGS = f"{_SPEC}/facets/1-0-0/TagsDatasetFacet.json#/$defs/TagsDatasetFacet"
_OWNERS = f"{_SPEC}/facets/1-0-1/OwnershipDatasetFacet.json#/$defs/OwnershipDatasetFacet"


@dataclass(frozen=True, slots=True)
class Place:
    """How the catalogues call a source. A source without one has nothing that a catalogue could know."""

    namespace: str
    """OpenLineage's: `postgres://host:5432`, `s3://bucket`, `file`."""
    platform: str
    """DataHub's: `postgres`, `mysql`, `s3`, `file`."""
    prefix: str = ""
    """What stands before a unit in its full name: `database.`, `/srv/avtal/`."""
    root: str = ""
    """What DataHub, which has no namespace, writes before that: `bucket/`."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """One table or folder, with the tags of its fields."""

    place: Place
    name: str
    owner: str
    tags: Mapping[str, Sequence[tuple[str, str]]]
    """Field ("" = the table or folder itself) -> (key, value): (`entity`, `PERSONNUMMER`), (`category`, `identity`)."""


def tagged(inventory: Inventory, places: Mapping[str, Place]) -> Iterator[Tagged]:
    """The tables and folders of an inventory that a catalogue can know, in the inventory's order.

    Args:
        inventory: The inventory; its rows stand in order of source and unit.
        places: Source -> how catalogues call it.
    """
    for (source, unit), rows in groupby(inventory.rows, key=lambda row: (row.source, row.unit)):
        if source not in places:
            continue
        given = list(rows)
        place = places[source]
        yield Tagged(place, (place.prefix + unit).rstrip("/") or source, given[0].owner, _tags(given))


def _tags(rows: Iterable[Row]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, dict[tuple[str, str], None]] = {}
    for row in rows:
        of_field = found.setdefault(row.field, {})
        of_field.update({("entity", row.entity): None} if row.entity else {})
        of_field.update({("category", row.category): None} if row.category else {})
    return {field: list(tags) for field, tags in found.items()}


def open_lineage(inventory: Inventory, places: Mapping[str, Place], producer: str) -> Iterator[dict[str, Any]]:
    """One `DatasetEvent` a table or folder, at the time of the last scan.

    Args:
        inventory: The inventory.
        places: Source -> how catalogues call it.
        producer: URI of what made the events, with its version.
    """
    for one in tagged(inventory, places):
        facets: dict[str, Any] = {"tags": {"_producer": producer, "_schemaURL": _TAGS, "tags": _lineage_tags(one)}}
        if one.owner:
            owners = [{"name": one.owner, "type": "OWNER"}]
            facets["ownership"] = {"_producer": producer, "_schemaURL": _OWNERS, "owners": owners}
        yield {
            "eventTime": inventory.generated,
            "producer": producer,
            "schemaURL": _EVENT,
            "dataset": {"namespace": one.place.namespace, "name": one.name, "facets": facets},
        }


def _lineage_tags(one: Tagged) -> list[dict[str, str]]:
    return [
        {"key": f"insyn.{key}", "value": value, "source": "INSYN"} | ({"field": field} if field else {})
        for field, tags in one.tags.items()
        for key, value in tags
    ]


def datahub(inventory: Inventory, places: Mapping[str, Place], *, env: str, lang: str) -> list[dict[str, Any]]:
    """Metadata change proposals: first what each tag means, then which columns have it.

    Args:
        inventory: The inventory.
        places: Source -> how catalogues call it.
        env: DataHub's fabric of the data: `PROD`, `TEST` …
        lang: Language of the names of categories.
    """
    every = list(tagged(inventory, places))
    used = dict.fromkeys(tag for one in every for tags in one.tags.values() for tag in tags)
    meanings = [_proposal("tag", _tag(*tag), "UPSERT", "tagProperties", _meaning(tag, inventory, lang)) for tag in used]
    return meanings + [proposal for one in every for proposal in _patches(one, env)]


def _patches(one: Tagged, env: str) -> Iterator[dict[str, Any]]:
    urn = f"urn:li:dataset:(urn:li:dataPlatform:{one.place.platform},{_component(one.place.root + one.name)},{env})"
    whole = [_add("", tag) for tag in one.tags.get("", ())]
    fields = [
        _add(f"/editableSchemaFieldInfo/{_pointer(field)}/globalTags", tag)
        for field, tags in one.tags.items()
        if field
        for tag in tags
    ]
    if whole:
        yield _proposal("dataset", urn, "PATCH", "globalTags", whole)
    if fields:
        yield _proposal("dataset", urn, "PATCH", "editableSchemaMetadata", fields)


def _add(path: str, tag: tuple[str, str]) -> dict[str, Any]:
    return {"op": "add", "path": f"{path}/tags/{_pointer(_tag(*tag))}", "value": {"tag": _tag(*tag)}}


def _proposal(kind: str, urn: str, change: str, aspect: str, content: object) -> dict[str, Any]:
    return {
        "entityType": kind,
        "entityUrn": urn,
        "changeType": change,
        "aspectName": aspect,
        "aspect": {"json": content},
    }


def _meaning(tag: tuple[str, str], inventory: Inventory, lang: str) -> dict[str, str]:
    key, value = tag
    says = inventory.policy.label(value, lang) if key == "category" else value
    return {"name": f"insyn:{key}:{value}", "description": says}


def _tag(key: str, value: str) -> str:
    return f"urn:li:tag:insyn:{key}:{value}"


def _component(text: str) -> str:
    """A part of a URN: DataHub keeps commas and parentheses for itself."""
    return text.replace("%", "%25").replace(",", "%2C").replace("(", "%28").replace(")", "%29")


def _pointer(text: str) -> str:
    """A step of a JSON pointer (RFC 6901)."""
    return text.replace("~", "~0").replace("/", "~1")
