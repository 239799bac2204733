"""AdamW with moments of 8 bits: block-wise dynamic quantisation (Dettmers et al. 2022, arXiv 2110.02861), by the
kernels of bitsandbytes. Which tensors keep 32 bits is what transformers does for its optimizer `adamw_8bit`: small ones
and embeddings, whose gradients are too uneven for one scale a block."""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType

import torch

from .errors import ErrorType, PolicyError
from .master_weights import fused_step

# Values that share a scale; the kernels know this one only.
BLOCK = 256
# Tensors of fewer elements keep moments of 32 bits; bitsandbytes calls it min_8bit_size.
SMALLEST = 4096


def library() -> ModuleType:
    """Return bitsandbytes, which takes seconds to load and is needed by this optimizer alone."""
    try:
        import bitsandbytes
    except ImportError as error:
        message = f"the optimizer adamw_8bit needs bitsandbytes, which is not here ({error}); install requirements.lock"
        raise PolicyError(ErrorType.INVALID_REQUEST, message, field="body.optimizer.kind") from None
    return bitsandbytes


class EightBitAdamW(torch.optim.Optimizer):
    """The state of a parameter: of 8 bits `exp_avg` and `exp_avg_sq` [its shape], each with `_scale` [blocks] and
    `_table` [256], both float32: value = scale of its block x table[code]. Of 32 bits the two alone. Both have `step`,
    and below float32 `master`, the copy that takes the steps. Gradients are added up in float32."""

    def __init__(
        self, parameters: Iterable[torch.nn.Parameter], precise: Iterable[torch.nn.Parameter],
        betas: tuple[float, float], epsilon: float, weight_decay: float,
    ) -> None:  # fmt: skip
        """`precise` are those that keep moments of 32 bits whatever their size; others than `parameters` are fine."""
        super().__init__(parameters, {"lr": 0.0, "betas": betas, "eps": epsilon, "weight_decay": weight_decay})
        self._precise = {id(parameter) for parameter in precise}
        self._functional = library().functional
        self._tables = {
            "exp_avg": self._functional.create_dynamic_map(signed=True),
            "exp_avg_sq": self._functional.create_dynamic_map(signed=False),
        }
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.dtype != torch.float32:
                    parameter.grad_dtype = torch.float32

    @torch.no_grad()
    def step(self, closure: None = None) -> None:
        """Take one step with the gradients as they are; the first one makes the states."""
        for group in self.param_groups:
            stepped = [parameter for parameter in group["params"] if parameter.grad is not None]
            coarse = [parameter for parameter in stepped if self._is_coarse(parameter)]
            fused_step(group, [(self._target(p), p.grad, self._state(p)) for p in stepped if not self._is_coarse(p)])
            counts = [self._state(parameter)["step"].add_(1) for parameter in coarse]
            # Read together: on a GPU each reading waits for all that was asked of it.
            for parameter, count in zip(coarse, torch.stack(counts).tolist() if counts else (), strict=True):
                self._coarse_step(group, parameter, int(count))
            for parameter in stepped:
                if "master" in self.state[parameter]:
                    parameter.copy_(self.state[parameter]["master"])

    def _coarse_step(self, group: dict, parameter: torch.nn.Parameter, count: int) -> None:
        state, (first, second) = self.state[parameter], group["betas"]
        self._functional.optimizer_update_8bit_blockwise(
            "adam", parameter.grad.contiguous(), self._target(parameter), state["exp_avg"], state["exp_avg_sq"],
            first, second, 0.0, 0.0, group["eps"], count, group["lr"],
            state["exp_avg_table"], state["exp_avg_sq_table"], state["exp_avg_scale"], state["exp_avg_sq_scale"],
            weight_decay=group["weight_decay"],
        )  # fmt: skip

    def _is_coarse(self, parameter: torch.nn.Parameter) -> bool:
        return parameter.numel() >= SMALLEST and id(parameter) not in self._precise

    def _target(self, parameter: torch.nn.Parameter) -> torch.Tensor:
        return self._state(parameter).get("master", parameter)

    def _state(self, parameter: torch.nn.Parameter) -> dict[str, torch.Tensor]:
        state = self.state[parameter]
        if state:
            return state
        if parameter.dtype != torch.float32:
            state["master"] = parameter.detach().float()
        state["step"] = torch.zeros((), device=parameter.device)
        for moment, table in self._tables.items():
            if not self._is_coarse(parameter):
                state[moment] = torch.zeros_like(parameter, dtype=torch.float32)
                continue
            # A scale of 0 makes any code 0.
            state[moment] = torch.zeros_like(parameter, dtype=torch.uint8)
            state[f"{moment}_scale"] = torch.zeros(-(-parameter.numel() // BLOCK), device=parameter.device)
            state[f"{moment}_table"] = table.to(parameter.device, copy=True)
        return state
