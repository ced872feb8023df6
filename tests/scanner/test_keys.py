"""Keys are refused unless they are whole and private; tokens depend on key, domain and value only."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.errors import ConfigError, InsynError
from scanner.keys import Keys, new_key, read_key
from tests.scanner.forking import insyn

ONE, OTHER = Keys(b"1" * 32), Keys(b"2" * 32)


def test_a_new_key_can_be_read_and_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "insyn.key"
    new_key(path)
    assert len(read_key(f"file:{path}")) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(ConfigError, match="never overwritten"):
        new_key(path)


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    """S01."""
    path = tmp_path / "insyn.key"
    new_key(path)
    path.chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600"):
        read_key(f"file:{path}")


@pytest.mark.parametrize("reference", ["env:INSYN_NOT_SET", "file:/nowhere/insyn.key", "vault:x", ""])
def test_a_key_that_is_not_there(reference: str) -> None:
    with pytest.raises(ConfigError, match=r"^key: "):
        read_key(reference)


def test_half_a_key_is_refused_without_showing_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """S15."""
    monkeypatch.setenv("INSYN_KEY", "abcd" * 8)
    with pytest.raises(ConfigError) as caught:
        read_key("env:INSYN_KEY")
    assert "abcd" not in str(caught.value)


def test_a_key_is_made_where_there_is_no_store_and_put_back_where_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "insyn.yaml").write_text("sources:\n  share: {type: files, path: share}\n")
    lost = insyn("check", cwd=tmp_path)
    assert lost.code == 2
    assert "no file insyn.key" in lost.line
    assert lost.line.index("put your copy of it back") < lost.line.index("insyn key new")
    assert insyn("key", "new", cwd=tmp_path).code == 0
    assert len(read_key(f"file:{tmp_path / 'insyn.key'}")) == 32
    assert "never overwritten" in insyn("key", "new", cwd=tmp_path).line
    (tmp_path / "insyn.key").unlink()
    (tmp_path / "insyn.db").touch()
    assert "put your copy of its key back" in insyn("key", "new", cwd=tmp_path).line
    assert not (tmp_path / "insyn.key").exists()


def test_a_key_that_is_no_file_is_made_by_hand(tmp_path: Path) -> None:
    (tmp_path / "insyn.yaml").write_text("key: env:INSYN_KEY\nsources:\n  share: {type: files, path: .}\n")
    assert "64 random hex digits" in insyn("key", "new", cwd=tmp_path).line


def test_tokens() -> None:
    """S01: who has no key cannot make them."""
    assert ONE.token("PERSON", "anna ek") == Keys(b"1" * 32).token("PERSON", "anna ek")
    assert (
        len(
            {
                ONE.token("PERSON", "a"),
                ONE.token("EMAIL_ADDRESS", "a"),
                ONE.token("PERSON", "b"),
                OTHER.token("PERSON", "a"),
            }
        )
        == 4
    )


@pytest.mark.parametrize("text", ["", "kunder", "avtal/Anna Ek.pdf", "namn \udce5 i latin-1", "😀"])
def test_sealed_locators_open_again_and_meet_themselves(text: str) -> None:
    """T45: names of any bytes."""
    assert ONE.unseal(ONE.seal(text)) == text
    assert ONE.seal(text) == ONE.seal(text) != OTHER.seal(text)
    with pytest.raises(InsynError, match="wrong key"):
        OTHER.unseal(ONE.seal(text))
