"""Scorecards as one HTML file that needs nothing else: pages to read on a screen or a phone, to print and to sign."""

from __future__ import annotations

from typing import TextIO

from kpicard.cards.scorecards import Scorecards
from kpicard.text import Language


def write(result: Scorecards, language: Language, out: TextIO) -> None:
    """Write all cards, newest period first, each period with its department page before them."""
    from kpicard.reports.html.environment import environment, policy, script, style
    from kpicard.reports.html.pages import Pages

    css, js = style(), script()
    page = environment(language).get_template("report.html.jinja")
    out.writelines(
        page.generate(pages=Pages(result, language), style=css, script=js, policy=policy(css, js), language=language)
    )
