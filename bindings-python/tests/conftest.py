import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import tamis

settings.register_profile("fast", max_examples=60, deadline=None)
settings.register_profile(
    "slow", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))

POLICY = """\
policy: forum
version: "2026.11"
description: What the tests of the Python package ask.

facts:
  author.age: duration
  author.trusted: { type: bool, default: false }
  author.roles: set
  toxicity: number
  channel: text
  patience: { type: duration, default: 2 days }
  tags: { type: set, default: [none] }

actions: [allow, review, block]
exempt: author.trusted

labels:
  spam: { review: 3, block: 8 }
  threat: { at: { review: 4 }, description: Talk of harm. }
  quiet: { review: 1 }

rules:
  - id: buy_now
    label: spam
    points: 4.5
    patterns: [buy now, cheap pills]
    except: ["never buy now"]
    message: "No advertising here: {match}."
    description: Plain advertising.
    tags: [ads]
    meta: { owner: moderators }

  - id: threat_kill
    label: threat
    points: 5
    patterns:
      act: [kill, destroy]
      who: [you, them]
    when: near(act, who, 3)

  - id: newcomer_link
    label: spam
    points: 3
    patterns: [free money]
    when: patterns and author.age < 7 days

  - id: roles
    action: block
    patterns: [drop table]
    when: patterns and not 'mod' in author.roles or toxicity > 0.9

  - id: trial
    label: spam
    points: 9
    mode: shadow
    patterns: [lottery]
"""


@pytest.fixture(scope="session")
def ruleset() -> tamis.Ruleset:
    return tamis.Ruleset.from_str(POLICY)


@pytest.fixture
def policy_text() -> str:
    return POLICY


@pytest.fixture(scope="session")
def package() -> Path:
    """The directory of the sources: `bindings-python`."""
    return Path(__file__).resolve().parent.parent
