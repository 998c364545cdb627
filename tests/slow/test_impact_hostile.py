"""`kpicard impact --base` in a repository that somebody else has prepared: nothing of it runs, nothing is fetched."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kpicard.cards.impact.revision import load_revision
from kpicard.problems import Problem
from kpicard.rules.load import Loaded
from tests.impact_repository import GIT, Repository

Run = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="what is prepared here is for POSIX")

BASE = "HEAD~1"
EVERY_HOOK = ("fsmonitor-watchman", "post-checkout", "post-index-change", "pre-auto-gc", "reference-transaction")

LAZY: Mapping[str, Mapping[str, str]] = {
    "uploadpack": {"url": "{source}", "uploadpack": "{canary};git-upload-pack"},
    "ext": {"url": "ext::{canary}"},
    "ssh": {"url": "ssh://host.invalid/x"},
    "vcs": {"url": "{canary}", "vcs": "ext"},
    "http": {"url": "http://127.0.0.1:9/x"},
    "git": {"url": "git://127.0.0.1:9/x"},
}
"""Settings of a promisor remote, by which git fetches what is missing."""

RUN = {
    "alias.cat-file": "!{canary}",
    "alias.ls-tree": "!{canary}",
    "alias.rev-parse": "!{canary}",
    "core.alternateRefsCommand": "{canary}",
    "core.askPass": "{canary}",
    "core.editor": "{canary}",
    "core.fsmonitor": "{canary}",
    "core.gitProxy": "{canary}",
    "core.hooksPath": "{hooks}",
    "core.pager": "{canary}",
    "core.sshCommand": "{canary}",
    "credential.helper": "!{canary}",
    "diff.external": "{canary}",
    "diff.odd.textconv": "{canary}",
    "filter.odd.process": "{canary}",
    "filter.odd.required": "true",
    "filter.odd.smudge": "{canary}",
    "gpg.program": "{canary}",
    "pager.cat-file": "{canary}",
    "protocol.allow": "always",
    "protocol.ext.allow": "always",
    "uploadpack.packObjectsHook": "{canary}",
}
"""All that a repository may name a program in."""


class Hostile(Repository):
    """A repository with two commits, of which every setting and hook runs a program that leaves a trace."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "shop")
        self.canary, self.ran, self.hooks = folder / "canary", folder / "ran", folder / "hooks"
        self.canary.write_text(f"#!/bin/sh\necho ran >> '{self.ran}'\n", encoding="utf-8")
        self.canary.chmod(0o755)
        self.hooks.mkdir()
        for hook in (*EVERY_HOOK, "../shop/.git/hooks/post-checkout"):
            shutil.copy(self.canary, self.hooks / hook)
        self.move_weight()
        (self.folder / ".gitattributes").write_text("*.yaml filter=odd diff=odd\n", encoding="utf-8")
        self.commit("second")
        self.source = folder / "source"
        shutil.copytree(self.folder / ".git", self.source)

    def set(self, name: str, value: str) -> None:
        """Write a setting of the repository."""
        self.git("config", name, value.format(canary=self.canary, hooks=self.hooks, source=self.source))

    def promise(self, remote: Mapping[str, str]) -> None:
        """Name a remote that what is missing is fetched from."""
        for name, value in {"promisor": "true", **remote}.items():
            self.set(f"remote.odd.{name}", value)
        self.set("core.repositoryFormatVersion", "1")
        self.set("extensions.partialClone", "odd")
        self.set("core.gitProxy", "{canary}")
        self.set("core.sshCommand", "{canary}")
        self.set("protocol.allow", "always")

    def lose(self, name: str) -> str:
        """Take an object out of the store."""
        object_ = self.git("rev-parse", name).strip()
        (self.folder / ".git" / "objects" / object_[:2] / object_[2:]).unlink()
        return object_


@pytest.fixture
def hostile(tmp_path: Path) -> Hostile:
    return Hostile(tmp_path)


def codes(loaded: Loaded | Problem) -> list[str]:
    """Return the codes of the problems."""
    return [loaded.code] if isinstance(loaded, Problem) else [problem.code for problem in loaded.problems]


def problem_lines(said: str) -> list[str]:
    """Return the lines with a problem, without what they stand under and the hints."""
    return [line for line in said.splitlines() if re.search(r"\[[a-z-]+\]$", line)]


@pytest.mark.parametrize("route", LAZY)
def test_what_is_missing_is_not_fetched(kpicard: Run, hostile: Hostile, route: str) -> None:
    """Git by itself would run the remote's program; here, not even a fetch begins, and there is one problem."""
    hostile.promise(LAZY[route])
    lost = hostile.lose(f"{BASE}:roles/clerk.yaml")
    done = kpicard("impact", "--base", BASE, cwd=hostile.folder)
    expected = (
        f"{BASE}:roles/clerk.yaml: error: this clone lacks a part of revision `{BASE}` ({lost}), "
        "and nothing is fetched for it [not-in-clone]"
    )
    assert [expected] == [line for line in problem_lines(done.stderr) if "[broken-role]" not in line]
    assert (2, False) == (done.returncode, hostile.ran.exists())
    subprocess.run([GIT, "show", lost], cwd=hostile.folder, capture_output=True, check=False)
    assert hostile.ran.exists() or route == "http"


@pytest.mark.parametrize("lost", [f"{BASE}^{{commit}}", f"{BASE}^{{tree}}", f"{BASE}:roles"])
def test_a_commit_or_a_folder_that_is_missing_is_not_fetched_either(hostile: Hostile, lost: str) -> None:
    """The problem says which object it is; nothing is said to have been otherwise at that revision."""
    for name in ("uploadpack", "ext"):
        hostile.promise(LAZY[name])
    hostile.git("branch", "old", BASE)
    object_ = hostile.lose(lost)
    for revision in (BASE, "old"):
        loaded = load_revision(hostile.roles, revision)
        assert isinstance(loaded, Problem)
        assert ("not-in-clone", object_) == (loaded.code, loaded.values["object"])
        assert "git archive" in loaded.hint
        assert "本地克隆缺少" in loaded.message_in("zh")
    assert not hostile.ran.exists()


@pytest.mark.parametrize("how", ["in the repository", "by the work tree", "included"])
def test_no_setting_of_a_repository_runs_anything(kpicard: Run, hostile: Hostile, how: str, tmp_path: Path) -> None:
    """Aliases, pagers, hooks, filters, the monitor of files, and all else that may name a program."""
    if how == "by the work tree":
        hostile.set("extensions.worktreeConfig", "true")
    for name, value in RUN.items():
        hostile.set(name, value)
    if how == "by the work tree":
        shutil.copy(hostile.folder / ".git" / "config", hostile.folder / ".git" / "config.worktree")
    if how == "included":
        shutil.move(hostile.folder / ".git" / "config", tmp_path / "included")
        text = f"[core]\n\tbare = false\n[include]\n\tpath = {tmp_path}/included\n"
        (hostile.folder / ".git" / "config").write_text(text, encoding="utf-8")
    hostile.ran.unlink(missing_ok=True)
    for base in (BASE, ":roles", "@{-1}", "HEAD@{1}", ":/first", "main@{upstream}"):
        kpicard("impact", "--base", base, cwd=hostile.folder)
    done = kpicard("impact", "--base", BASE, cwd=hostile.folder)
    assert (0, "") == (done.returncode, done.stderr)
    assert not hostile.ran.exists()
    subprocess.run([GIT, "status"], cwd=hostile.folder, capture_output=True, check=False)
    assert hostile.ran.exists()


def test_nothing_of_the_callers_environment_runs_or_leads_elsewhere(
    kpicard: Run, hostile: Hostile, tmp_path: Path
) -> None:
    """As in a hook, or where git is looked at while it works."""
    hostile.promise(LAZY["ssh"])
    hostile.lose(f"{BASE}:roles/clerk.yaml")
    programs = ("ASKPASS", "EDITOR", "EXTERNAL_DIFF", "PAGER", "PROXY_COMMAND", "SSH", "SSH_COMMAND")
    folders = ("COMMON_DIR", "DIR", "INDEX_FILE", "OBJECT_DIRECTORY", "WORK_TREE", "NAMESPACE", "SHALLOW_FILE")
    environment = {
        **{f"GIT_{name}": str(hostile.canary) for name in programs},
        **{f"GIT_{name}": str(tmp_path / "elsewhere") for name in folders},
        **{f"GIT_{name}": str(tmp_path / "trace") for name in ("TRACE", "TRACE2", "TRACE2_EVENT", "TRACE_SETUP")},
        "GIT_ALLOW_PROTOCOL": "ssh:ext:file",
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_KEY_1": "core.sshCommand",
        "GIT_CONFIG_VALUE_0": str(hostile.canary),
        "GIT_CONFIG_VALUE_1": str(hostile.canary),
        "GIT_NO_LAZY_FETCH": "0",
    }
    done = kpicard("impact", "--base", BASE, cwd=hostile.folder, env=environment)
    assert (2, 1) == (done.returncode, done.stderr.count("[not-in-clone]"))
    assert not hostile.ran.exists()
    assert not (tmp_path / "trace").exists()


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
@pytest.mark.parametrize("route", LAZY)
def test_no_socket_is_opened_and_git_alone_is_started(hostile: Hostile, route: str) -> None:
    """Watched in all processes: each git that runs is asked for one of the few things that only read."""
    hostile.promise(LAZY[route])
    for name, value in RUN.items():
        hostile.set(name, value)
    hostile.lose(f"{BASE}:roles/clerk.yaml")
    log = hostile.folder.parent / "log"
    words = [str(shutil.which("strace")), "-f", "-qq", "-s", "500", "-e", "trace=socket,connect,execve", "-o", str(log)]
    words += [sys.executable, "-m", "kpicard", "impact", "--base", BASE]
    done = subprocess.run(words, cwd=hostile.folder, capture_output=True, check=False, timeout=300)
    if not log.exists() or b"PTRACE" in done.stderr:
        pytest.skip("strace may not trace here")
    assert 2 == done.returncode
    calls = [line.split(maxsplit=1)[1] for line in log.read_text("utf-8", "replace").splitlines()]
    assert [] == [call for call in calls if re.match("socket|connect", call)]
    started = [call for call in calls if call.startswith("execve(") and call.endswith("= 0")]
    assert sys.executable in started[0]
    asked = {
        re.sub(r'"-C", "[^"]*", |"-c", "[^"]*", ', "", call.split("[", 1)[1]).split(", ")[2] for call in started[1:]
    }
    assert {'"cat-file"', '"for-each-ref"', '"ls-tree"', '"rev-parse"'} == asked


def test_a_program_called_git_beside_the_rules_does_not_run(hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path that has the current folder in it, as some have, is not taken at its word."""
    shutil.copy(hostile.canary, hostile.folder / "git")
    monkeypatch.chdir(hostile.folder)
    monkeypatch.setenv("PATH", os.pathsep.join([".", "", os.environ["PATH"]]))
    assert [] == codes(load_revision(hostile.roles, BASE))
    assert not hostile.ran.exists()


def test_what_was_committed_counts_and_not_what_replaces_it(hostile: Hostile) -> None:
    """Git shows another object in its place where a repository says so; a revision is what its name stands for."""
    hostile.git("replace", hostile.git("rev-parse", BASE).strip(), hostile.git("rev-parse", "HEAD").strip())
    loaded = load_revision(hostile.roles, BASE)
    assert not isinstance(loaded, Problem)
    assert [40, 60] == [kpi.weight for kpi in loaded.rules.roles["clerk"].kpis]


def test_a_pipe_in_place_of_a_file_of_git_is_not_waited_for(hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody ever writes into it."""
    monkeypatch.setattr("kpicard.cards.impact.git.LONGEST", 0.5)
    os.mkfifo(hostile.folder / "pipe")
    hostile.set("include.path", str(hostile.folder / "pipe"))
    loaded = load_revision(hostile.roles, BASE)
    assert isinstance(loaded, Problem)
    expected = "git cannot read this: it did not answer within a minute"
    assert ("git-failed", expected) == (loaded.code, loaded.message)
    assert "一分钟内没有回应" in loaded.message_in("zh")


PEAK = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, encoding="utf-8")
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
print(done.returncode, done.stderr, sep="\\n", end="")
"""


@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_huge_file_is_refused_by_its_size_alone(hostile: Hostile, kind: str) -> None:
    """300 MB of zeros take half a megabyte in the store; they are not unpacked, whether as a role or as a link."""
    huge = hostile.folder / "huge"
    with huge.open("wb") as file:
        file.truncate(300_000_000)
    object_ = hostile.git("hash-object", "-w", "huge").strip()
    huge.unlink()
    hostile.git(
        "update-index", "--add", "--cacheinfo", f"{'100644' if kind == 'file' else '120000'},{object_},roles/huge.yaml"
    )
    hostile.git("commit", "-q", "-m", "huge")
    words = [sys.executable, "-c", PEAK, sys.executable, "-m", "kpicard", "impact", "--base", "HEAD"]
    done = subprocess.run(words, cwd=hostile.folder, capture_output=True, encoding="utf-8", check=True)
    peak, code, *said = done.stdout.splitlines()
    expected = "the file is larger than 1 MiB [too-large]" if kind == "file" else "[link-elsewhere]"
    [line] = problem_lines("\n".join(said))
    assert ("1", True, True) == (code, line.startswith("HEAD:roles/huge.yaml: error: "), line.endswith(expected))
    assert int(peak) * (1 if sys.platform == "darwin" else 1024) < 250_000_000


def test_one_file_under_many_names_is_not_taken_out_as_often(hostile: Hostile) -> None:
    """A megabyte stands in the store once, and in the folder a hundred times."""
    (hostile.folder / "large").write_text("#" * 1_000_000, encoding="utf-8")
    object_ = hostile.git("hash-object", "-w", "large").strip()
    for number in range(100):
        hostile.git("update-index", "--add", "--cacheinfo", f"100644,{object_},roles/role-{number}.yaml")
    hostile.git("commit", "-q", "-m", "many")
    loaded = load_revision(hostile.roles, "HEAD")
    assert isinstance(loaded, Problem)
    assert (
        "HEAD:roles: error: the files of this folder have more than 64 MiB together in revision `HEAD` [large-revision]"
        == str(loaded)
    )


def test_folders_within_folders_without_end_are_not_walked(hostile: Hostile) -> None:
    """Ten to the power of ten paths take ten objects; the folders of a revision are only asked for a hint."""
    tree = hostile.git("rev-parse", "HEAD:roles").strip()
    for _ in range(10):
        lines = "".join(f"040000 tree {tree}\tfolder-{number}\n" for number in range(10))
        tree = subprocess.check_output([GIT, "mktree"], cwd=hostile.folder, input=lines, text=True).strip()
    words = ["-c", "user.name=A", "-c", "user.email=a@b", "commit-tree", "-m", "x", tree]
    commit = subprocess.check_output([GIT, *words], cwd=hostile.folder, text=True).strip()
    assert ["not-in-revision"] == codes(load_revision(hostile.roles, commit))
