"""Pages of a store in which nothing was scanned yet: each says so, and none that there is nothing to do."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner import config as configuration
from scanner.keys import new_key
from scanner.users.roles import Role
from scanner.web import app, kept
from scanner.web.site import Site
from scanner.workflow import opened, policy
from tests.scanner.web.conftest import PASSWORD, Browser, serving


@pytest.fixture(scope="module")
def officer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    directory: Path = tmp_path_factory.mktemp("unscanned")
    new_key(directory / "insyn.key")
    (directory / "insyn.yaml").write_text("sources:\n  share: {type: files, path: share}\n")
    config = configuration.load(directory / "insyn.yaml")
    with opened(config, create=True) as store:
        site = Site(config, store, policy(config))
        site.users.accept(site.users.add("officer", [Role.DPO], "test"), PASSWORD)
        with serving(app.create(site, {"127.0.0.1"})) as base, Browser.at(base) as browser:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(kept, "PATIENCE", 0)  # as on a machine so busy that the first page is not ready in time
                browser.post("/signin", "/signin", name="officer", password=PASSWORD)
            yield browser


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/today", "/inventory", "/gaps", "/retention", "/review", "/sample", "/trend"])
def test_a_page_says_that_nothing_was_scanned_yet(officer: Browser, path: str) -> None:
    page = officer.get(path)
    assert "Ingen genomsökning ännu." in page
    assert "Inget att granska." not in page
    assert "Dra ett stickprov" not in page
