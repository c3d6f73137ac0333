"""The state of the generator."""
import torch


def seed():
    return torch.seed()


def initial_seed():
    return torch.initial_seed()


def get_rng_state():
    return torch.get_rng_state()


def set_rng_state(new_state):
    torch.set_rng_state(new_state)


class fork_rng:
    def __init__(self, devices=None, enabled=True):
        self.enabled = enabled

    def __enter__(self):
        self.state = torch.get_rng_state()

    def __exit__(self, *error):
        if self.enabled:
            torch.set_rng_state(self.state)
        return False
