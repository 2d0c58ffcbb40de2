# What happens in a pod while the agent is at work there.
import os
import posix
import sys


def swap(what):
    """Just before the agent does this for the first time, `deep` becomes a link out of its folder."""
    deep = f"{sys.argv[1]}/deep"

    def swapped(*given, real=getattr(os, what), **more):
        if not os.path.islink(deep):
            posix.rename(deep, f"{sys.argv[1]}/moved")
            posix.symlink("../elsewhere", deep)
        return real(*given, **more)

    setattr(os, what, swapped)
