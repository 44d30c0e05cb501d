#!/bin/sh
# A hundred thousand random functions and runs, see tests/test_hostile.c.
set -eu
exec tests/test_hostile "${HOSTILE_ROUNDS:-100000}"
