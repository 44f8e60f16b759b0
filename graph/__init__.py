"""The graph of neighbourhood organizations: model, engines, import and answers."""

import os

__version__ = "0.1.0"

# python-docx brings lxml, and openpyxl takes it where it finds it: then it reads workbooks without
# defusedxml, and writes Chinese as character references. It asks once, when it is imported.
os.environ["OPENPYXL_LXML"] = "False"
