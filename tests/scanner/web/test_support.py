"""S-02 to S-05: nobody looks without a case, releases his own package, sees protected people or others' data."""

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from scanner import audit
from scanner.cases import Register, hits
from scanner.store import schema
from scanner.web import cases, search, support
from scanner.web.site import Site
from tests.scanner.web.conftest import Browser

SAMPLES = 40
SignIn = Callable[[str], Browser]


@pytest.fixture(scope="session")
def people(estate: Path) -> list[dict[str, object]]:
    """Whom the truth of the estate knows, with a personnummer."""
    subjects = json.loads((estate / "truth.json").read_text("utf-8"))["subjects"]
    return [one for one in subjects if one.get("personnummer")]


@pytest.fixture
def number(people: list[dict[str, object]]) -> str:
    """The personnummer of somebody met in many places."""
    return str(max(people, key=lambda one: len(one["records"]))["personnummer"])  # type: ignore[arg-type]


def actions(site: Site, actor: str) -> list[str]:
    with site.store.reading() as connection:
        return list(connection.scalars(select(schema.audit.c.action).where(schema.audit.c.actor == actor)))


def opened(browser: Browser, typed: str) -> str:
    """Search for a new case; the address of its page."""
    answer = browser.client.post(
        "/search", data={"_token": browser.token(), "typed": typed, "case": "new", "channel": "phone"}
    )
    assert answer.status_code == 200, answer.text[-500:]
    return answer.url.path


def test_no_look_up_without_a_case(signed_in: SignIn, site: Site, number: str) -> None:
    """S02."""
    agent = signed_in("agent")
    text = agent.post("/search", status=403, typed=number)
    assert number[:6] not in text
    assert actions(site, "agent")[-1] == "search refused: no case"


def test_a_refusal_takes_as_long_for_a_stranger_as_for_a_customer(signed_in: SignIn, number: str) -> None:
    """S18: same words, same size; times of both lie among one another."""
    agent = signed_in("agent")
    token, stranger, times = agent.token(), "19811218-9876", {}
    for person in [number, stranger] * SAMPLES:
        began = time.perf_counter()
        answer = agent.client.post("/search", data={"_token": token, "typed": person})
        times.setdefault(person, []).append(time.perf_counter() - began)
        assert (answer.status_code, answer.text.replace(person, "")) == (403, answer.text)
    known, unknown = (sorted(times[person]) for person in (number, stranger))
    earlier = sum(one < other for one in known for other in unknown) / SAMPLES**2
    assert 0.2 < earlier < 0.8, "which is the faster can be told"


def test_the_fifty_first_search_of_a_day_is_refused(
    signed_in: SignIn, site: Site, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S02."""
    agent = signed_in("agent")
    monkeypatch.setattr(search, "SEARCHES_A_DAY", 0)
    agent.post("/search", status=429, typed=number, case="new")
    assert actions(site, "agent")[-1] == "search refused: too many today"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("19900118-9811", "Personnummer"),
        ("900118-9812", "kontrollsiffran"),
        ("070-174 06 05", "Telefonnummer"),
        ("anna@example.se", "E-postadress"),
    ],
)
def test_what_is_typed_is_read_and_not_repeated(typed: str, says: str, signed_in: SignIn) -> None:
    text = signed_in("agent").post("/search/read", typed=typed)
    assert says in text
    assert typed not in text


def test_a_case_shows_hits_masked_and_nothing_in_its_address(signed_in: SignIn, site: Site, number: str) -> None:
    agent = signed_in("agent")
    path = opened(agent, number)
    assert re.fullmatch(r"/cases/\d+", path)
    text = agent.get(path)
    assert "kunder" in text
    for secret in (number, number[2:], f"{number[2:8]}-{number[8:]}", f"{number[:8]}-{number[8:]}"):
        assert secret not in text
    assert actions(site, "agent")[-1] == "case review"


def test_a_value_is_shown_for_a_reason_that_is_logged_first(signed_in: SignIn, site: Site, number: str) -> None:
    agent = signed_in("agent")
    path = opened(agent, number)
    (look, *_) = re.findall(rf'action="({path}/hits/\d+/look)"', agent.get(path))
    assert "•" in agent.post(look)
    assert actions(site, "agent")[-1] == "case look"
    agent.post(look, status=400, plain="1")
    assert actions(site, "agent")[-1] == "case look"
    agent.post(look, plain="1", reason="kontroll")
    assert actions(site, "agent")[-1] == "case reveal"


def test_another_agents_case_does_not_exist(signed_in: SignIn, number: str) -> None:
    """S02."""
    path = opened(signed_in("agent"), number)
    other = signed_in("special")
    assert other.client.get(path).status_code == 404
    assert other.client.get(f"{path}/preview.html").status_code == 404
    other.post(f"{path}/release", status=404)
    signed_in("reviewer").get(path)


def test_nobody_releases_their_own_package(signed_in: SignIn, number: str) -> None:
    """S03."""
    agent, reviewer = signed_in("agent"), signed_in("reviewer")
    path = opened(agent, number)
    agent.post(f"{path}/download", status=403)
    assert re.search(r"<code>[a-z0-9-]{24}</code>", agent.post(f"{path}/package", because="Arkivet är skadat."))
    assert "En andra person godkänner svaret" in agent.post(f"{path}/release", status=400)
    assert "Registrera identiteten först" in reviewer.post(f"{path}/release", status=400)
    agent.post(f"{path}/identity", level=3, how="BankID")
    assert "Titta igenom paketet först" in reviewer.post(f"{path}/release", status=400)
    reviewer.get(f"{path}/preview.html")
    reviewer.post(f"{path}/release")
    archive = agent.client.post(f"{path}/download", data={"_token": agent.token()})
    assert archive.headers["content-type"] == "application/zip"
    assert archive.content[:2] == b"PK"
    agent.post(f"{path}/deliver", how="portal")
    assert "utlämnat" in agent.get(path)


def test_a_person_of_protected_identity_is_for_those_with_that_task(signed_in: SignIn, site: Site, number: str) -> None:
    """S04."""
    agent, special = signed_in("agent"), signed_in("special")
    path = opened(agent, number)
    case = support.number_of(site.store, int(path.rpartition("/")[2]))
    Register(site.store, "test").protect(case)
    for page in (path, f"{path}/preview", f"{path}/preview.html"):
        answer = agent.client.get(page)
        assert answer.status_code == 403
        assert "Särskild handläggning" in answer.text
        assert not any(word in answer.text for word in ("gatan", "vägen", "kunder"))
    assert case not in agent.get("/cases")
    page = special.get(path)
    assert "kunder" in page
    assert "svaret går bara med post genom Skatteverket" in page


def test_the_preview_has_nothing_of_anybody_else(
    signed_in: SignIn, people: list[dict[str, object]], number: str
) -> None:
    """S05."""
    agent = signed_in("agent")
    path = opened(agent, number)
    answer = agent.client.get(f"{path}/preview.html")
    assert "'sha256-" in answer.headers["content-security-policy"]
    assert "script-src" not in answer.headers["content-security-policy"]
    others = {str(one["personnummer"])[2:] for one in people} - {number[2:]}
    digits = re.sub(r"(?<=\d)-(?=\d{4}\b)", "", answer.text)
    assert not {other for other in others if other in digits}


def test_a_decision_is_about_all_records_that_are_shown_together(
    signed_in: SignIn, site: Site, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "GROUPS", 2)
    agent = signed_in("agent")
    path = opened(agent, number)
    first, second = agent.get(path), agent.get(f"{path}?page=2")
    shown = re.compile(r'<details class="hit" id="hit-(\d+)"')
    assert [len(shown.findall(text)) for text in (first, second)] == [2, 2]
    assert not set(shown.findall(first)) & set(shown.findall(second))
    desk = support.desk_of(site, next(user for user in site.users.all() if user.name == "agent"))
    case = support.number_of(site.store, int(path.rpartition("/")[2]))
    many, together = max(
        ((hit, hits.beside(desk, case, int(hit))) for hit in shown.findall(first + second)), key=lambda one: len(one[1])
    )
    assert len(together) > 1
    agent.post(f"{path}/decide", hit=many, decision="withhold", reason="gäller en annan")
    assert {one.id for one in hits.kept(desk, case) if one.decision == "withhold" and one.decided_by} == set(together)
    agent.post(f"{path}/decide", status=400, hit=999999, decision="mask")


def test_the_log_stays_whole(site: Site) -> None:
    """S17."""
    assert audit.verify(site.store).whole
