"""What keeps a deployment: backups, their restoring, the erasure of a person, findings beforehand.

`archive` is the file of a backup, `backup` writes it, `restore` puts it
into a data folder, `forget` erases, `files` are those beside graph and ledger, `prepare` finds
everything before anybody asks.
"""
