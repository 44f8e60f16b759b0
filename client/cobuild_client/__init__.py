"""Python client of a Cobuild service: `Client`, the `Rows` and pictures it gives, the `Problem` it raises."""

from cobuild_client.answers import One, Picture, Rows
from cobuild_client.client import Client
from cobuild_client.problems import Problem

__all__ = ["Client", "One", "Picture", "Problem", "Rows"]
