"""What readers search in: files of the release that their own browser puts together."""

from hub_site.search.follower import Follower
from hub_site.search.memory import SEARCH

__all__ = ["SEARCH", "Follower"]
