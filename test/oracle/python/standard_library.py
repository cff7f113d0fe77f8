"""Parts of the standard library that sizes pass through."""
import bisect
import heapq
import json
from collections import ChainMap
from itertools import compress, count, cycle, filterfalse, groupby, islice
import torch

config = json.loads('{"layers": [4, 8, {"k": 2}], "name": "x", "on": true, "rate": 1.0, "none": null}')
read = torch.zeros(config["layers"][0], config["layers"][2]["k"], 3 if config["on"] else 4, len(config))
rates = torch.tensor([config["rate"], config["layers"][1]])
whole = torch.tensor(config["layers"][:2])
runs = torch.zeros(*[len(list(group)) for _, group in groupby("aaabbc")])
by = torch.zeros(len([k for k, g in groupby([1, 3, 2, 4, 5], key=lambda v: v % 2)]))
first = torch.zeros(*islice(count(2), 3))
around = torch.zeros(*[x for x, _ in zip(cycle([1, 2]), range(3))])
turns = torch.zeros(*islice(cycle([4, 5]), 3))
kept = torch.zeros(*compress([1, 2, 3], [1, 0, 1]), *filterfalse(lambda v: v > 2, [1, 5, 2]))
layered = ChainMap({"a": 1}, {"a": 2, "b": 3})
merged = torch.zeros(layered["a"], layered["b"], len(layered), layered.get("c", 6))
heap = [5, 1, 4]
heapq.heapify(heap)
heapq.heappush(heap, 2)
popped = torch.zeros(heapq.heappop(heap), *heapq.nsmallest(2, heap), *heapq.nlargest(1, heap))
places = torch.zeros(bisect.bisect([1, 3, 3, 5], 3), bisect.bisect_left([1, 3, 5], 3))
ordered = [1, 4]
bisect.insort(ordered, 2)
inserted = torch.zeros(*ordered)
