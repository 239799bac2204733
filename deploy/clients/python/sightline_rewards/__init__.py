"""Sightline's rewards in other trainers: `Client`, and ready functions in `trl`, `verl` and `easyr1`."""

from sightline_rewards.client import DEFAULT_URL, Client, RewardError, default_client

__all__ = ["DEFAULT_URL", "Client", "RewardError", "default_client"]
