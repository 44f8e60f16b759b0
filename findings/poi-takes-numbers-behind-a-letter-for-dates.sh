#!/usr/bin/env bash
# Apache POI takes a number whose format has a letter in quotes before its digits ("H-"000) for a date.
#
# Software: org.apache.poi:poi-ooxml 5.5.1 and cn.idev.excel:fastexcel 1.3.0 (the EasyExcel that is maintained), Maven;
#           xlsxwriter 3.3.1 and python-calamine 0.9.1 (PyPI) write and read the file
# Source:   https://github.com/apache/poi (DateUtil.isADateFormat), https://github.com/fast-excel/fastexcel
# Expected: numbers: text in quotes is shown as it is and formats nothing (ECMA-376 Part 1, 18.8.31). A list of houses,
#           members or tables counts 1, 2, 3 in such a format and shows H-001, H-002, H-003
# Seen:     isCellDateFormatted is true where nothing but the letters d, h, m, s and y, signs and zeros stands in the
#           format, quotes or not; getLocalDateTimeCellValue gives 12 January 1900. fastexcel and EasyExcel, which give
#           text unless told otherwise, give 0-000 for H-012 and for every other of the column: all numbers are one.
#           "A-"000 is a number, and so is 000"-H"
#
# Needs Java 17, Maven and Python; puts the libraries into a temporary folder and removes it. Exit status 0: still as
# stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check xlsxwriter==3.3.1 python-calamine==0.9.1
cd "$folder"
cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
<dependencies><dependency><groupId>org.apache.poi</groupId><artifactId>poi-ooxml</artifactId><version>5.5.1</version></dependency>
<dependency><groupId>cn.idev.excel</groupId><artifactId>fastexcel</artifactId><version>1.3.0</version></dependency>
<dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency></dependencies></project>
POM
cat >Houses.java <<'JAVA'
import cn.idev.excel.FastExcel;
import java.io.File;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.WorkbookFactory;

/** Reads columns of the numbers 12 and 13 with both, and compares with what was seen. */
class Houses {
    record Column(String shown, boolean date, String text, String next) {}

    public static void main(String[] arguments) throws Exception {
        var file = new File(arguments[0]);
        var columns = List.of(
            new Column("H-012", true, "0-000", "0-000"),
            new Column("M-012", true, "1-000", "1-000"),
            new Column("S-012", true, "0.000", "0.000"),
            new Column("A-012", false, "A-012", "A-013"),
            new Column("012-H", false, "012-H", "013-H"));
        List<Map<Integer, String>> texts = FastExcel.read(file).headRowNumber(0).sheet().doReadSync();
        boolean changed = false;
        try (var book = WorkbookFactory.create(file, null, true)) {
            for (int i = 0; i < columns.size(); i++) {
                var column = columns.get(i);
                var cell = book.getSheetAt(0).getRow(0).getCell(i);
                boolean date = DateUtil.isCellDateFormatted(cell);
                String text = texts.get(0).get(i), next = texts.get(1).get(i);
                System.out.println(column.shown + ": POI " + (date ? cell.getLocalDateTimeCellValue() : cell.getNumericCellValue())
                    + "; fastexcel " + text + ", the next row " + next);
                changed |= date != column.date || !text.equals(column.text) || !next.equals(column.next);
            }
        }
        System.out.println(changed ? "CHANGED: not as stated" : "as stated");
        System.exit(changed ? 1 : 0);
    }
}
JAVA
"$folder/env/bin/python" - <<'PYTHON'
"""Writes two rows of five columns, and reads them with calamine."""

import xlsxwriter
from python_calamine import CalamineWorkbook

with xlsxwriter.Workbook("houses.xlsx") as book:
    sheet = book.add_worksheet()
    for column, form in enumerate(['"H-"000', '"M-"000', '"S-"000', '"A-"000', '000"-H"']):
        for row in range(2):
            sheet.write_number(row, column, 12 + row, book.add_format({"num_format": form}))
rows = CalamineWorkbook.from_path("houses.xlsx").get_sheet_by_index(0).to_python()
print(f"calamine: {rows}")
assert rows == [[12.0] * 5, [13.0] * 5]
PYTHON
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib -DincludeScope=runtime >log 2>&1 || { tail -n 20 log >&2; exit 2; }
java -cp 'lib/*' Houses.java houses.xlsx 2>>log | grep -v 'Log4j API'
