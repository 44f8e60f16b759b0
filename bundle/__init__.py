"""One archive that installs without internet: `make bundle`. Not part of the package.

`build` collects it for this platform and one Python; `install.sh` travels in it.
"""
