"""Rewards: platforms are told what people hold, and show it by roles for example."""

from .rewarder import Rewarder

__all__ = ["Rewarder"]
