#!/usr/bin/env python3
"""Runs a command as on a kernel that cannot confine.

    without_walls.py COMMAND...

Landlock, seccomp and limits on resources are refused to it, so that callgrind can count in the processes in which soclens opens
documents: it translates code while it runs and writes a file at the end, and neither is allowed behind those walls. What is
counted is the same work, less the few calls that raise the walls. For measuring, never for documents from strangers.
"""
import ctypes
import ctypes.util
import errno
import os
import sys

ALLOW = 0x7FFF0000
REFUSE = 0x00050000 | errno.ENOSYS


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    library = ctypes.CDLL(ctypes.util.find_library("seccomp") or "libseccomp.so.2", use_errno=True)
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_rule_add.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint]
    library.seccomp_load.argtypes = [ctypes.c_void_p]
    filter_ = library.seccomp_init(ALLOW)
    for name in (b"seccomp", b"landlock_create_ruleset", b"setrlimit"):
        number = library.seccomp_syscall_resolve_name(name)
        if library.seccomp_rule_add(filter_, REFUSE, number, 0) != 0:
            sys.exit(f"without_walls.py: {name.decode()} cannot be refused")

    class Compare(ctypes.Structure):
        _fields_ = [("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]

    def refuse(name: bytes, compare: Compare) -> None:
        call = library.seccomp_rule_add_array
        call.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint, ctypes.POINTER(Compare)]
        if call(filter_, REFUSE, library.seccomp_syscall_resolve_name(name), 1, ctypes.byref(compare)) != 0:
            sys.exit(f"without_walls.py: {name.decode()} cannot be refused")

    not_equal, equal = 1, 4
    # A new limit, and the older way to a filter.
    refuse(b"prlimit64", Compare(2, not_equal, 0, 0))
    refuse(b"prctl", Compare(0, equal, 22, 0))
    if library.seccomp_load(filter_) != 0:
        sys.exit("without_walls.py: this kernel has no seccomp to begin with, or does not let it be used")
    os.execvp(sys.argv[1], sys.argv[1:])


main()
