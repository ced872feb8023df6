"""What can go wrong, as the command line tells it: one line, what and where and what to do, and the exit code.

InsynError             exit 1: the run cannot go on
├── ConfigError        exit 2: the configuration or the command line is wrong
└── LockedError        exit 11: the store is needed alone
"""


class InsynError(Exception):
    """The run cannot go on. The message is one line and holds no value and no secret."""

    exit_code = 1


class ConfigError(InsynError):
    """The configuration or the command line is wrong; the message names file, key and what would be right."""

    exit_code = 2


class LockedError(InsynError):
    """Another command needs the store alone."""

    exit_code = 11
