"""Words in names of columns that say whose something is."""

from __future__ import annotations

import pytest

from scanner.linking.links import normal_name
from scanner.linking.role_words import is_joint, is_others


@pytest.mark.parametrize("name", ["medpart_personnr", "MedkundID", "medpart", "co_part_id", "joint_part_ssn"])
def test_who_has_a_part_in_it_too(name: str) -> None:
    assert is_joint(normal_name(name))


@pytest.mark.parametrize("name", ["part_id", "depart_nr", "media_part", "partner_id", "medparti"])
def test_not_each_part_is_one(name: str) -> None:
    assert not is_joint(normal_name(name))


@pytest.mark.parametrize("name", ["EREF", "e_ref", "ERREF", "vref", "actor_email", "actor", "ActorName"])
def test_somebody_in_a_role(name: str) -> None:
    assert is_others(normal_name(name))


@pytest.mark.parametrize("name", ["href", "pref", "factor_email", "actors_guild", "beref"])
def test_what_but_ends_or_begins_so_is_nobodys(name: str) -> None:
    assert not is_others(normal_name(name))
