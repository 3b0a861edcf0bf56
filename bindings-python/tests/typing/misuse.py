"""What `mypy --strict` must refuse, line by line; never run."""

import tamis

rules = tamis.Ruleset.from_str("")
rules.classify(b"text")  # refused
rules.classify("text", {"a": 1})  # refused
rules.classify("text", facts=[1])  # refused
rules.classify("text", facts={1: 2})  # refused
rules.classify_batch([1])  # refused
rules.classify("text").redact("dots")  # refused
rules.classify("text").to_json("chars")  # refused
rules.policy = "other"  # refused
rules.classify("text").action = "allow"  # refused
rules.classify("text").rules[0].points = 3  # refused


class Mine(tamis.Ruleset):  # refused
    pass
