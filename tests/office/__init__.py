"""Our workbooks and reports in LibreOffice; `make office` runs it, `make test` does not."""
