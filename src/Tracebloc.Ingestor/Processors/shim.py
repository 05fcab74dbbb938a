"""Passes rows through a processor: a JSON line in, a JSON line out, in order.

The first line holds the processor's arguments. Then each line is a row, an object; the answer is the row as
process(row) returns it, or null to drop it.
"""

import importlib.util
import json
import os
import sys


def main():
    script, name = sys.argv[1], sys.argv[2]
    rows = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # What the processor prints goes to the log, at once, and it cannot take rows for its own input.
    os.dup2(2, 1)
    sys.stdout.reconfigure(line_buffering=True)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)

    def answer(value):
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        answers.write(text.encode("utf-8") + b"\n")
        answers.flush()

    arguments = json.loads(rows.readline())
    spec = importlib.util.spec_from_file_location("processor", script)
    module = importlib.util.module_from_spec(spec)
    sys.modules["processor"] = module
    spec.loader.exec_module(module)
    processor = getattr(module, name)(**arguments)
    answer({})
    for line in rows:
        row = processor.process(json.loads(line))
        if row is not None and not isinstance(row, dict):
            raise TypeError(f"{name}.process returned {type(row).__name__}; return a dict, or None to drop the row")
        answer(row)


main()
