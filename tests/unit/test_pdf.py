"""What a PDF may be made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout.pdf import PdfProblem, make_pdf


@pytest.mark.parametrize(
    "address",
    ["briefings/../../secret", "briefings//x", "actors/usa/1987", "places/x", "actors/", "", "x"],
)
def test_a_page_that_is_none_of_the_site_is_not_read(tmp_path: Path, address: str) -> None:
    (tmp_path / "site" / "briefings").mkdir(parents=True)
    (tmp_path / "secret.html").write_text("x", encoding="utf-8")
    with pytest.raises(PdfProblem, match="give a briefing"):
        make_pdf(tmp_path / "site", address, tmp_path / "a.pdf")
