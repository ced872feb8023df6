"""Tags for data catalogues: as their own libraries write them, with what people wrote there left alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from openlineage.client.event_v2 import DatasetEvent, StaticDataset
from openlineage.client.generated.ownership_dataset import Owner, OwnershipDatasetFacet
from openlineage.client.generated.tags_dataset import TagsDatasetFacet, TagsDatasetFacetFields
from openlineage.client.serde import Serde

from reports.catalogue import Place, datahub, open_lineage
from reports.inventory import Inventory

PRODUCER = "urn:insyn:0"


@pytest.fixture
def places(inventory: Inventory) -> dict[str, Place]:
    return {row.source: Place("postgres://db:5432", "postgres", "kunder.") for row in inventory.rows}


def test_openlineage_is_what_its_client_writes(inventory: Inventory, places: dict[str, Place]) -> None:
    events = list(open_lineage(inventory, places, PRODUCER))
    assert len(events) == len({(row.source, row.unit) for row in inventory.rows})
    assert events == [_by_the_client(event) for event in events]


def _by_the_client(event: dict[str, Any]) -> Any:
    """The same event, written by OpenLineage's own classes."""
    of, facets = event["dataset"], event["dataset"]["facets"]
    made: dict[str, Any] = {
        "tags": TagsDatasetFacet(
            tags=[TagsDatasetFacetFields(**tag) for tag in facets["tags"]["tags"]], producer=PRODUCER
        )
    }
    if "ownership" in facets:
        owners = [Owner(**owner) for owner in facets["ownership"]["owners"]]
        made["ownership"] = OwnershipDatasetFacet(owners=owners, producer=PRODUCER)
    dataset = StaticDataset(of["namespace"], of["name"], facets=made)
    return json.loads(Serde.to_json(DatasetEvent(eventTime=event["eventTime"], producer=PRODUCER, dataset=dataset)))


def test_every_row_is_a_tag_of_its_field(inventory: Inventory, places: dict[str, Place]) -> None:
    tags = {
        (event["dataset"]["name"], tag.get("field", ""), tag["key"], tag["value"])
        for event in open_lineage(inventory, places, PRODUCER)
        for tag in event["dataset"]["facets"]["tags"]["tags"]
    }
    for row in inventory.rows:
        name = f"kunder.{row.unit}".rstrip("/")
        assert row.entity is None or (name, row.field, "insyn.entity", row.entity) in tags
        assert row.category is None or (name, row.field, "insyn.category", row.category) in tags


def test_datahub_is_patched_and_nothing_is_overwritten(inventory: Inventory, places: dict[str, Place]) -> None:
    proposals = datahub(inventory, places, env="PROD", lang="sv")
    of_data = [one for one in proposals if one["entityType"] == "dataset"]
    assert of_data and {one["changeType"] for one in of_data} == {"PATCH"}
    meant = {one["entityUrn"] for one in proposals if one["entityType"] == "tag"}
    used = {step["value"]["tag"] for one in of_data for step in one["aspect"]["json"]}
    assert used == meant
    assert all(one["entityUrn"].startswith("urn:li:dataset:(urn:li:dataPlatform:postgres,kunder.") for one in of_data)


def test_a_source_that_no_catalogue_knows_is_left_out(inventory: Inventory) -> None:
    assert list(open_lineage(inventory, {}, PRODUCER)) == datahub(inventory, {}, env="PROD", lang="en") == []
