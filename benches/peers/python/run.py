"""Runs one filter from PyPI: texts in as JSON Lines, `true` or `false` out for each.

The first line out is the filter's version. It has its own list.
"""

import json
import sys
from importlib.metadata import version

from better_profanity import profanity


def main() -> None:
    profanity.load_censor_words()
    print(json.dumps(version("better_profanity")), flush=True)
    for line in sys.stdin:
        print(json.dumps(profanity.contains_profanity(json.loads(line))))


if __name__ == "__main__":
    main()
