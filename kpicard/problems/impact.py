"""Problems of rules that are read from git."""

from __future__ import annotations

from kpicard.problems.entry import NEAREST, Entry
from kpicard.text import Both

ENTRIES = {
    "no-git": Entry(
        Both("git cannot be run: {reason}", "无法运行 git：{reason}"),
        (
            Both(
                "install git, or compare two folders: `--before DIR --after DIR`",
                "请安装 git，或比较两个文件夹：`--before 文件夹 --after 文件夹`",
            ),
        ),
    ),
    "no-repository": Entry(
        Both("this folder is in no git repository", "该文件夹不在任何 git 仓库中"),
        (
            Both(
                "name a folder that is in one with `--roles DIR`, or compare two folders: `--before DIR --after DIR`",
                "请用 `--roles 文件夹` 指定仓库中的文件夹，或比较两个文件夹：`--before 文件夹 --after 文件夹`",
            ),
        ),
    ),
    "no-such-revision": Entry(
        Both("there is no revision `{revision}`", "没有版本“{revision}”"),
        (
            Both(
                "here it is a branch of another repository: write `{remote}`",
                "本地没有该分支，只有远程分支：请写 `{remote}`",
            ),
            Both(
                "the folder is in a submodule, so the revision is one of the repository around it, {around}",
                "该文件夹位于子模块中，请写其外层仓库 {around} 的版本",
            ),
            Both(
                "this clone is shallow: `git fetch --unshallow`, or `{shallow}` where CI checks it out",
                "这是浅克隆：请执行 `git fetch --unshallow`，或在 CI 检出时设置 `{shallow}`",
            ),
            NEAREST,
            Both("name a branch, a tag or a commit, as main or HEAD~1", "请写分支、标签或提交，如 main 或 HEAD~1"),
        ),
    ),
    "not-in-revision": Entry(
        Both("there is no such folder in revision `{revision}`", "版本“{revision}”中没有该文件夹"),
        (
            Both(
                "if it was called {found} then: write `{revision}:{first}`",
                "如果当时叫 {found}：请写 `{revision}:{first}`",
            ),
            Both(
                "no folder has a `department.yaml` in that revision; is it the right one?",
                "该版本中没有任何文件夹含有 `department.yaml`，请确认版本是否正确",
            ),
        ),
    ),
    "link-elsewhere": Entry(
        Both(
            "this is a link that leads nowhere in revision `{revision}`, or out of the repository",
            "该文件是链接，在版本“{revision}”中所指的文件不存在，或位于仓库之外",
        ),
        (
            Both(
                "put the file itself into the folder, or compare two folders: `--before DIR --after DIR`",
                "请把文件本身放入文件夹，或比较两个文件夹：`--before 文件夹 --after 文件夹`",
            ),
        ),
    ),
    "not-copied": Entry(
        Both("this file cannot be taken out of git: {reason}", "无法从 git 中取出该文件：{reason}"),
        (Both("give it another name", "请更改文件名"),),
    ),
    "not-in-clone": Entry(
        Both(
            "this clone lacks a part of revision `{revision}` ({object}), and nothing is fetched for it",
            "本地克隆缺少版本“{revision}”的一部分（{object}），且不会为此联网获取",
        ),
        (
            Both(
                "if you trust the repository: `git archive --output=all.tar {revision}` fetches what is missing; "
                "or compare two folders: `--before DIR --after DIR`",
                "如信任该仓库，可执行 `git archive --output=all.tar {revision}` 获取缺失的部分；"
                "也可比较两个文件夹：`--before 文件夹 --after 文件夹`",
            ),
        ),
    ),
    "submodule-not-here": Entry(
        Both(
            "in revision `{revision}` the folder is in the submodule {submodule}, whose commit {object} is not here",
            "在版本“{revision}”中，该文件夹位于子模块 {submodule}，而本地没有它的提交 {object}",
        ),
        (
            Both(
                "if you trust the repository: `git submodule update --init`, then `git fetch` in {submodule}; "
                "or compare two folders: `--before DIR --after DIR`",
                "如信任该仓库：请执行 `git submodule update --init`，再在 {submodule} 中执行 `git fetch`；"
                "也可比较两个文件夹：`--before 文件夹 --after 文件夹`",
            ),
        ),
    ),
    "large-revision": Entry(
        Both(
            "the files of this folder have more than {limit} together in revision `{revision}`",
            "在版本“{revision}”中，该文件夹的文件合计超过 {limit}",
        ),
        (Both("this is more than rules need; is it the right folder?", "岗位文件不会这么大，请确认文件夹是否正确"),),
    ),
    "git-failed": Entry(
        Both("git cannot read this: {reason}", "git 无法读取：{reason}"),
        (
            Both(
                "the repository belongs to another user; if you trust it: "
                "`git config --global --add safe.directory {owned}`",
                "仓库属于其他用户；如信任该仓库：`git config --global --add safe.directory {owned}`",
            ),
            Both("does `git log` work in that folder?", "请检查该文件夹中能否执行 `git log`"),
        ),
    ),
}
