"""What a program costs: time, processor time and memory, the least of several rounds in turn."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Contestant:
    name: str
    command: list
    # Where its answers are, and how they are read; without, it answers to nobody.
    output: Path = Path(os.devnull)
    answers: Callable | None = None


@dataclass
class Cost:
    wall: float
    cpu: float
    memory: float  # Megabytes at most.

    def least(self, other):
        return Cost(min(self.wall, other.wall), min(self.cpu, other.cpu), max(self.memory, other.memory))


def once(command, output=os.devnull):
    command = [str(word) for word in command]
    # A program that writes the file itself must not find it open.
    with open(os.devnull if str(output) in command else output, "wb") as out, tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        child = subprocess.Popen(command, stdout=out, stderr=said)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            said.seek(0)
            sys.exit(f"{said.read().decode()}exit status {child.returncode} from {' '.join(command)}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def in_turn(contestants, rounds):
    """The cost of each, by name."""
    costs = {}
    for turn in range(rounds):
        # There and back: a file that is written costs more if no other of its size was just let go.
        for contestant in contestants if turn % 2 == 0 else reversed(contestants):
            cost = once(contestant.command, contestant.output)
            costs[contestant.name] = cost.least(costs.get(contestant.name, cost))
    return costs


def table(costs, base):
    """Rows of Markdown, with ratios to one of them."""
    yield "| | wall, s | processor, s | memory, MB | wall, ratio | processor, ratio |"
    yield "|---|---:|---:|---:|---:|---:|"
    for name, cost in costs.items():
        wall, cpu = cost.wall / costs[base].wall, cost.cpu / max(costs[base].cpu, 1e-3)
        yield f"| {name} | {cost.wall:.3f} | {cost.cpu:.3f} | {cost.memory:.0f} | {wall:.2f} | {cpu:.2f} |"
