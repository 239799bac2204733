"""AdamW for weights of low precision, with a float32 copy of each that takes the steps.

A bfloat16 number keeps 8 bits, so a step below a 256th of a weight is lost in it; those of a learning rate of 1e-6
are a hundred times smaller. The copy adds them up, and the weight is its rounding.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from torch.optim.adamw import adamw


def fused_step(group: dict[str, Any], rows: list[tuple[torch.Tensor, torch.Tensor, dict[str, torch.Tensor]]]) -> None:
    """Take torch's own step of float32 tensors, each with its gradient and its state of float32 moments."""
    first, second = group["betas"]
    adamw(
        [tensor for tensor, _, _ in rows],
        [gradient for _, gradient, _ in rows],
        [state["exp_avg"] for _, _, state in rows],
        [state["exp_avg_sq"] for _, _, state in rows],
        [],
        [state["step"] for _, _, state in rows],
        fused=True, amsgrad=False, maximize=False, beta1=first, beta2=second, lr=group["lr"],
        weight_decay=group["weight_decay"], eps=group["eps"],
    )  # fmt: skip


class MasterAdamW(torch.optim.Optimizer):
    """The state of a parameter: `exp_avg`, `exp_avg_sq`, `master` [its shape] and `step`, all float32. Gradients are
    added up in float32 too."""

    def __init__(
        self, parameters: Iterable[torch.nn.Parameter], betas: tuple[float, float], epsilon: float, weight_decay: float
    ) -> None:
        super().__init__(parameters, {"lr": 0.0, "betas": betas, "eps": epsilon, "weight_decay": weight_decay})
        for group in self.param_groups:
            for parameter in group["params"]:
                parameter.grad_dtype = torch.float32

    @torch.no_grad()
    def step(self, closure: None = None) -> None:
        """Take one step with the gradients as they are; the first one makes the copies."""
        for group in self.param_groups:
            stepped = [parameter for parameter in group["params"] if parameter.grad is not None]
            states = [self._state(parameter) for parameter in stepped]
            fused_step(group, [(s["master"], p.grad, s) for p, s in zip(stepped, states, strict=True)])
            for parameter, state in zip(stepped, states, strict=True):
                parameter.copy_(state["master"])

    def _state(self, parameter: torch.nn.Parameter) -> dict[str, torch.Tensor]:
        state = self.state[parameter]
        if not state:
            state["master"] = parameter.detach().float()
            state["exp_avg"] = torch.zeros_like(state["master"])
            state["exp_avg_sq"] = torch.zeros_like(state["master"])
            state["step"] = torch.zeros((), device=parameter.device)
        return state
