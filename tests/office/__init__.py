"""Our workbooks in LibreOffice; `make office` runs it, `make test` does not."""
