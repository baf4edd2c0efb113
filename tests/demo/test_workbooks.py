"""From the sample's rows to .xlsx files."""

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from sync.demo import build_workbooks


def test_is_laid_out_as_people_do(tmp_path: Path) -> None:
    company, *_ = build_workbooks(tmp_path, date(2026, 11, 21))
    sheet = openpyxl.load_workbook(company.path)["OKR công ty"]

    assert company.title == "Chong Chóng Xanh – OKR công ty"
    assert "B6:B8" in {str(area) for area in sheet.merged_cells.ranges}
    assert sheet.freeze_panes == "A6"
    assert sheet["A5"].font.bold
    assert (sheet["J7"].value, sheet["J7"].number_format) == ("8.000", "@")
    assert (sheet["J10"].value, sheet["J10"].number_format) == (0.52, "0%")
    assert "invented" in sheet["A1"].comment.text


def test_has_percents_formulas_and_dates(tmp_path: Path) -> None:
    built = {found.path.stem: found for found in build_workbooks(tmp_path, date(2026, 11, 21))}
    care = openpyxl.load_workbook(built["cham-soc-khach-hang"].path)
    product = openpyxl.load_workbook(built["san-pham"].path)

    assert care["OKR phòng"]["L10"].value == "=I10/H10"
    assert (care["OKR phòng"]["I10"].value, care["OKR phòng"]["I10"].number_format) == (0.465, "0.0%")
    assert care["OKR phòng"]["I7"].value == "70,8%"
    assert product["Check-ins"]["A2"].value == datetime(2026, 10, 31)


@pytest.mark.parametrize(("today", "quarter"), [(date(2027, 1, 1), "1"), (date(2027, 6, 30), "2")])
def test_is_always_in_the_current_quarter(tmp_path: Path, today: date, quarter: str) -> None:
    built = {found.path.stem: found for found in build_workbooks(tmp_path, today)}
    sales = openpyxl.load_workbook(built["kinh-doanh"].path)

    assert sales.sheetnames[0] == f"OKR Q{quarter}"
    assert sales.worksheets[0]["A2"].value == f"Quý {quarter}/2027"
