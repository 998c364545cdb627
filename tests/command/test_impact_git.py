"""`kpicard impact --base`: rules read from git, whatever state the work tree is in, which nothing touches."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kpicard.cards.impact.revision import load_revision
from kpicard.problems import Problem
from kpicard.rules.load import Loaded
from tests.impact_repository import GIT, Repository

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "shop")


def weights(loaded: Loaded | Problem) -> list[int]:
    """Return the weights of the clerks' KPIs."""
    assert not isinstance(loaded, Problem)
    assert () == loaded.problems
    return [int(kpi.weight) for kpi in loaded.rules.roles["clerk"].kpis]


def problem(loaded: Loaded | Problem) -> tuple[str, str, str]:
    """Return path, code and hint of the problem that there is instead of rules."""
    assert isinstance(loaded, Problem)
    return loaded.path, loaded.code, loaded.hint


def test_a_revision_may_be_called_in_any_way_of_git(repository: Repository) -> None:
    """Commit, branch, tag, an annotated one too, what lies before them, and a branch in Chinese."""
    repository.git("tag", "-a", "v1", "-m", "annotated")
    repository.git("branch", "旧规则")
    repository.git("branch", "feature/weights")
    first = repository.git("rev-parse", "HEAD").strip()
    repository.move_weight()
    repository.commit("second")
    for revision in ("HEAD~1", "main~1", "v1", "旧规则", "feature/weights", first, first[:10], "HEAD^", ":/first"):
        assert [40, 60] == weights(load_revision(repository.roles, revision))
    for revision in ("HEAD", "main", "@"):
        assert [10, 90] == weights(load_revision(repository.roles, revision))


def test_what_is_not_committed_counts_only_for_the_folder_as_it_is(kpicard: Run, repository: Repository) -> None:
    """The change is in the work tree alone, or staged; `HEAD` is without it."""
    for stage in (False, True):
        repository.git("checkout", "-q", "HEAD", "--", "roles")
        repository.move_weight()
        if stage:
            repository.git("add", "-A")
        assert [40, 60] == weights(load_revision(repository.roles, "HEAD"))
        done = kpicard("impact", "--base", "HEAD", "--fail-on", "grade-change", cwd=repository.folder)
        assert 3 == done.returncode


def test_work_tree_and_index_stay_as_they_are(kpicard: Run, repository: Repository) -> None:
    """Not a byte of the repository is another afterwards, and no file is newer."""
    repository.move_weight()
    repository.git("add", "-A")
    repository.change("seller", ("target: 5", "target: 4"))
    (repository.roles / "new.yaml.orig").write_text("x", encoding="utf-8")
    (repository.roles / "clerk.yaml").touch()  # git's index would be refreshed for that

    def state() -> dict[str, tuple[int, bytes]]:
        files = (file for file in sorted(repository.folder.rglob("*")) if file.is_file())
        return {str(file): (file.stat().st_mtime_ns, file.read_bytes()) for file in files}

    before = state()
    assert 0 == kpicard("impact", "--base", "HEAD", cwd=repository.folder).returncode
    assert before == state()


def test_no_hook_and_no_filter_runs(repository: Repository, tmp_path: Path) -> None:
    """Checking out would run both; reading the store runs neither, and gives what was committed."""
    repository.move_weight()
    (repository.folder / ".gitattributes").write_text("*.yaml filter=odd\n", encoding="utf-8")
    repository.git("config", "filter.odd.smudge", f"touch {tmp_path}/ran; cat")
    hook = repository.folder / ".git" / "hooks" / "post-checkout"
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n", encoding="utf-8")
    hook.chmod(0o755)
    repository.commit("second")
    assert [40, 60] == weights(load_revision(repository.roles, "HEAD~1"))
    assert not (tmp_path / "ran").exists()


def test_the_folder_may_be_in_another_repository_than_the_current_one(kpicard: Run, repository: Repository) -> None:
    """`--roles` says which repository is asked; also in a hook, where git names its own."""
    other = Repository(repository.folder.parent / "other")
    repository.move_weight()
    for environment in ({}, {"GIT_DIR": str(other.folder / ".git"), "GIT_INDEX_FILE": "x", "GIT_WORK_TREE": "/"}):
        done = kpicard(
            "impact", "actuals", "--base", "main", "--roles", repository.roles, cwd=other.folder, env=environment
        )
        assert (0, "") == (done.returncode, done.stderr)
        assert "change grade" in done.stdout


def test_from_within_the_folder_or_by_a_link_it_is_the_same(repository: Repository, tmp_path: Path) -> None:
    """What counts is where the folder is in the repository, not how one gets there."""
    repository.move_weight()
    link = tmp_path / "link"
    link.symlink_to(repository.roles, target_is_directory=True)
    for folder in (repository.roles, repository.roles / "..", link):
        path = folder / "roles" if folder.name == ".." else folder
        assert [40, 60] == weights(load_revision(path, "main"))
    here = Path.cwd()
    os.chdir(repository.roles)
    try:
        assert [40, 60] == weights(load_revision(".", "main"))
    finally:
        os.chdir(here)


def test_roles_may_be_at_the_top_of_the_repository(tmp_path: Path, repository: Repository) -> None:
    """Then the folder has no name in it."""
    top = tmp_path / "top"
    shutil.copytree(repository.roles, top)
    for words in (["init", "-q"], ["add", "-A"], ["-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", "x"]):
        subprocess.run([GIT, *words], cwd=top, check=True)
    loaded = load_revision(top, "HEAD")
    assert [40, 60] == weights(loaded)
    assert not isinstance(loaded, Problem)
    assert "HEAD:." == loaded.rules.path


def test_only_the_yaml_files_right_in_the_folder_are_read(repository: Repository) -> None:
    """As for a folder: nothing below it, nothing hidden, nothing else."""
    (repository.roles / "old").mkdir()
    for name in ("old/seller.yaml", ".hidden.yaml", "notes.txt"):
        (repository.roles / name).write_text("id: [", encoding="utf-8")
    repository.commit("more files")
    assert [40, 60] == weights(load_revision(repository.roles, "HEAD"))


@pytest.fixture
def around(repository: Repository, tmp_path: Path) -> Repository:
    """Return a repository that has the other one as a submodule at `rules`, with two commits of it."""
    outer = Repository(tmp_path / "around")
    outer.git("rm", "-rq", "roles")
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(repository.folder), "rules")
    outer.commit("with the rules of others")
    outer.roles = outer.folder / "rules" / "roles"
    outer.move_weight()
    subprocess.run(
        [GIT, "-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qam", "x"], cwd=outer.roles, check=True
    )
    outer.commit("newer rules")
    return outer


def test_in_a_submodule_the_revision_is_that_of_the_repository_around_it(kpicard: Run, around: Repository) -> None:
    """What counts is the commit that it names, not what the branch of that name is in the submodule."""
    for revision in ("main", "HEAD"):
        assert [10, 90] == weights(load_revision(around.roles, revision))
        assert [40, 60] == weights(load_revision(around.roles, f"{revision}~1"))
        assert [40, 60] == weights(load_revision(around.roles, f"{revision}~1:rules/roles"))
    done = kpicard("impact", "--base", "main~1", "--roles", "rules/roles", cwd=around.folder)
    assert (0, "") == (done.returncode, done.stderr)
    assert "main~1:rules/roles → rules/roles" in done.stdout
    assert "change grade" in done.stdout


def test_in_a_submodule_of_a_submodule_it_is_that_of_the_outermost(around: Repository, tmp_path: Path) -> None:
    """However many there are."""
    top = Repository(tmp_path / "top")
    allowed = ["-c", "protocol.file.allow=always"]
    top.git(*allowed, "submodule", "add", "-q", str(around.folder), "shops")
    top.commit("all shops")
    subprocess.run([GIT, "fetch", "-q"], cwd=around.roles, check=True)
    top.git("-C", "shops", "config", "submodule.rules.url", str(around.folder / "rules"))
    top.git("-C", "shops", *allowed, "submodule", "update", "-q", "--init")
    assert [10, 90] == weights(load_revision(top.folder / "shops" / "rules" / "roles", "HEAD"))
    assert "no-such-revision" == problem(load_revision(top.folder / "shops" / "rules" / "roles", "HEAD~2"))[1]


def test_a_revision_of_the_submodule_itself_is_refused_with_the_reason(around: Repository) -> None:
    """It could be that of the wrong one without anybody's noticing."""
    commit = subprocess.check_output([GIT, "rev-parse", "HEAD"], cwd=around.roles, text=True).strip()
    path, code, hint = problem(load_revision(around.roles, commit))
    assert (str(around.roles), "no-such-revision") == (path, code)
    assert f"the folder is in a submodule, so the revision is one of the repository around it, {around.folder}" == hint


def test_a_commit_of_the_submodule_that_is_not_here_is_a_problem(around: Repository) -> None:
    """As where only the newest one was fetched, or none at all."""
    shutil.rmtree(around.folder / ".git" / "modules" / "rules" / "objects")
    (around.folder / ".git" / "modules" / "rules" / "objects").mkdir()
    loaded = load_revision(around.roles, "main~1")
    assert isinstance(loaded, Problem)
    assert ("main~1:rules/roles", "submodule-not-here", "rules") == (
        loaded.path,
        loaded.code,
        loaded.values["submodule"],
    )
    assert "git submodule update --init" in loaded.hint
    assert "位于子模块 rules" in loaded.message_in("zh")


def test_a_folder_that_became_a_submodule_is_read_as_it_was_before(around: Repository) -> None:
    """Then it was a folder of the repository itself."""
    assert [40, 60] == weights(load_revision(around.roles, "main~2:roles"))
    assert ("main~2:rules/roles", "not-in-revision") == problem(load_revision(around.roles, "main~2"))[:2]


def test_a_repository_within_another_that_does_not_know_it_stays_its_own(repository: Repository) -> None:
    """As one that was cloned into a folder, or another work tree of the same."""
    inner = Repository(repository.folder / "inner")
    inner.move_weight()
    inner.commit("second")
    assert [10, 90] == weights(load_revision(inner.roles, "HEAD"))
    repository.git("worktree", "add", "-q", "--detach", "tree", "HEAD")
    repository.move_weight()
    repository.git("commit", "-qam", "third")
    assert [40, 60] == weights(load_revision(repository.folder / "tree" / "roles", "HEAD"))
    assert [10, 90] == weights(load_revision(repository.folder / "tree" / "roles", "main"))


def test_names_that_are_no_branches_are_known_too(repository: Repository) -> None:
    """What a branch was before, the branch that it follows, what a merge or a rebase came from."""
    repository.move_weight()
    repository.commit("second")
    repository.git("branch", "-q", "old", "HEAD~1")
    repository.git("switch", "-q", "-c", "new", "--track", "old")
    repository.git("reset", "-q", "--hard", "main")
    for revision in ("HEAD@{1}", "new@{upstream}", "@{u}", "main@{1}", "HEAD@{0}~1", "ORIG_HEAD", "@{u}:roles"):
        assert [40, 60] == weights(load_revision(repository.roles, revision)), revision
    for revision in ("@{-1}", "main@{0}", "new@{0}"):
        assert [10, 90] == weights(load_revision(repository.roles, revision)), revision


def test_a_store_of_longer_names_is_read_too(repository: Repository) -> None:
    """Git's objects may be called by SHA-256."""
    shutil.rmtree(repository.folder / ".git")
    repository.git("init", "-q", "-b", "main", "--object-format=sha256")
    repository.commit("first")
    repository.move_weight()
    repository.git("pack-refs", "--all")
    assert [40, 60] == weights(load_revision(repository.roles, "main"))


def test_a_folder_that_was_renamed_is_named_as_git_does(kpicard: Run, repository: Repository) -> None:
    """The problem says what it was called, and how to write that."""
    repository.move_weight()
    repository.git("mv", "roles", "rules")
    repository.commit("renamed")
    done = kpicard("impact", "--base", "HEAD~1", "--roles", "rules", cwd=repository.folder)
    expected = (
        "HEAD~1:rules: error: there is no such folder in revision `HEAD~1` [not-in-revision]\n"
        "  if it was called roles then: write `HEAD~1:roles`\n"
    )
    assert (2, "", expected) == (done.returncode, done.stdout, done.stderr)
    done = kpicard("impact", "--base", "HEAD~1:roles", "--roles", "rules", cwd=repository.folder)
    assert (0, "") == (done.returncode, done.stderr)
    assert "HEAD~1:roles → rules" in done.stdout


def test_a_folder_that_is_gone_can_still_be_compared(kpicard: Run, repository: Repository) -> None:
    """Both sides are revisions; the work tree needs no folder."""
    repository.move_weight()
    repository.commit("second")
    shutil.rmtree(repository.roles)
    options = ["--base", "HEAD~1", "--head", "HEAD", "--roles", "roles"]
    done = kpicard("impact", *options, cwd=repository.folder)
    assert (0, "") == (done.returncode, done.stderr)


def test_a_folder_outside_any_repository_is_said(tmp_path: Path, repository: Repository) -> None:
    """Two folders can be compared all the same."""
    shutil.copytree(repository.roles, tmp_path / "roles")
    path, code, hint = problem(load_revision(tmp_path / "roles", "HEAD"))
    assert (str(tmp_path / "roles"), "no-repository") == (path, code)
    assert "`--before DIR --after DIR`" in hint


@pytest.mark.parametrize(
    "revision",
    [
        "--output=x",
        "-",
        "",
        "HEAD~9",
        "nowhere",
        "main..HEAD",
        "a\nb",
        "a\0b",
        "\udcff",
        "HEAD^{tree}",
        "../x",
        "main\n",
    ],
)
def test_what_is_no_revision_is_said_and_never_an_option(
    repository: Repository, revision: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing runs that the text might ask for."""
    monkeypatch.chdir(repository.folder)
    before = sorted(repository.folder.rglob("*"))
    assert "no-such-revision" == problem(load_revision(repository.roles, revision))[1]
    assert before == sorted(repository.folder.rglob("*"))


def test_a_slip_of_the_name_is_answered_with_the_branch_that_is_meant(repository: Repository, tmp_path: Path) -> None:
    """Near names, and the branch of the repository that was cloned."""
    repository.git("branch", "release-2026")
    assert "did you mean `release-2026`?" == problem(load_revision(repository.roles, "relaese-2026"))[2]
    subprocess.run([GIT, "clone", "-q", repository.folder, tmp_path / "clone"], check=True)
    clone = tmp_path / "clone" / "roles"
    assert "origin/release-2026" in problem(load_revision(clone, "release-2026"))[2]
    assert [40, 60] == weights(load_revision(clone, "origin/release-2026"))


def test_a_shallow_clone_is_told_to_fetch_more(repository: Repository, tmp_path: Path) -> None:
    """What CI checks out by default lacks the revision."""
    repository.move_weight()
    repository.commit("second")
    source = repository.folder.as_uri()
    subprocess.run([GIT, "clone", "-q", "--depth", "1", source, tmp_path / "clone"], check=True)
    hint = problem(load_revision(tmp_path / "clone" / "roles", "HEAD~1"))[2]
    assert "`git fetch --unshallow`" in hint
    assert "`fetch-depth: 0`" in hint


def test_a_path_that_is_a_file_at_the_revision_is_said(repository: Repository) -> None:
    """It is no folder of roles."""
    path, code, _ = problem(load_revision(repository.roles, "main:roles/clerk.yaml"))
    assert ("main:roles/clerk.yaml", "not-a-folder") == (path, code)


def test_links_are_followed_within_the_commit(repository: Repository) -> None:
    """A file by a link, and the folder by one, as they were at that revision."""
    (repository.folder / "shared").mkdir()
    shutil.move(repository.roles / "clerk.yaml", repository.folder / "shared" / "clerk.yaml")
    (repository.roles / "clerk.yaml").symlink_to("../shared/clerk.yaml")
    (repository.folder / "alias").symlink_to("roles", target_is_directory=True)
    repository.commit("links")
    clerk = repository.folder / "shared" / "clerk.yaml"
    clerk.write_text("id: [", encoding="utf-8")
    assert [40, 60] == weights(load_revision(repository.roles, "HEAD"))
    assert [40, 60] == weights(load_revision(repository.roles, "HEAD:alias"))


@pytest.mark.parametrize("target", ["/etc/passwd", "../../elsewhere.yaml", "nowhere.yaml", "clerk.yaml"])
def test_a_link_out_of_the_commit_is_a_problem_and_its_role_is_broken(repository: Repository, target: str) -> None:
    """It is not followed, and not dropped in silence; the rest is there."""
    (repository.roles / "clerk.yaml").unlink()
    (repository.roles / "clerk.yaml").symlink_to(target)
    repository.commit("link")
    loaded = load_revision(repository.roles, "HEAD")
    assert not isinstance(loaded, Problem)
    assert [("HEAD:roles/clerk.yaml", "link-elsewhere")] == [(each.path, each.code) for each in loaded.problems]
    assert (["seller"], ["clerk"]) == (list(loaded.rules.roles), list(loaded.rules.broken))


def test_without_git_it_is_said(kpicard: Run, repository: Repository, tmp_path: Path) -> None:
    """Two folders need no git."""
    done = kpicard("impact", "--base", "main", cwd=repository.folder, env={"PATH": str(tmp_path)})
    assert (2, "") == (done.returncode, done.stdout)
    assert "[no-git]" in done.stderr
    old = shutil.copytree(repository.roles, tmp_path / "old")
    done = kpicard("impact", "--before", old, cwd=repository.folder, env={"PATH": str(tmp_path)})
    assert (0, "") == (done.returncode, done.stderr)


def test_the_packaged_roles_are_never_compared(kpicard: Run, repository: Repository, tmp_path: Path) -> None:
    """The command says how to name a folder, in place of comparing roles that are nobody's own."""
    (tmp_path / "elsewhere").mkdir()
    for options in (["--base", "main"], ["--before", repository.roles]):
        done = kpicard("impact", repository.folder / "actuals", *options, cwd=tmp_path / "elsewhere")
        assert (2, "") == (done.returncode, done.stdout)
        said = "Invalid value for --roles: no folder of roles is named, and there is no ./roles; write"
        assert said in " ".join(done.stderr.split())


def test_a_repository_of_another_user_is_said_with_what_git_wants(kpicard: Run, repository: Repository) -> None:
    """As in a container that has the folder of its host."""
    environment = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1", "HOME": str(repository.folder)}
    done = kpicard("impact", "--base", "main", cwd=repository.folder, env=environment)
    assert (2, "") == (done.returncode, done.stdout)
    assert "[git-failed]" in done.stderr
    assert f"`git config --global --add safe.directory {repository.folder}`" in done.stderr


def test_git_has_the_problems_in_chinese_too(kpicard: Run, repository: Repository) -> None:
    """Message and hint."""
    done = kpicard("impact", "--base", "mian", "--lang", "zh", cwd=repository.folder)
    assert "roles: 错误: 没有版本“mian” [no-such-revision]\n  是否想写“main”？\n" == done.stderr


def test_help_and_a_wrong_use_need_no_engine(repository: Repository) -> None:
    """DuckDB is imported only to score."""
    text = json.dumps(["kpicard", "impact", "--help"])
    code = f"import sys; sys.argv = {text}\nfrom kpicard.__main__ import main\ntry: main()\nexcept SystemExit: pass\n"
    code += "assert 'duckdb' not in sys.modules"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=repository.folder, capture_output=True, encoding="utf-8", check=False
    )
    assert (0, "") == (done.returncode, done.stderr)
