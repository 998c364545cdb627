"""The department's people: who, in which role and team, from when, with targets and bonus base."""
