"""The policy server of Sightline: weights, rollouts and optimizer steps, spoken to by PROTOCOL.md."""
