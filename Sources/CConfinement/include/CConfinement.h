// What a process of ours does to itself before it opens a document from a stranger, and the few calls
// around it that Swift cannot make itself (prctl, landlock and memfd have no importable form).
#ifndef SOCLENS_CCONFINEMENT_H
#define SOCLENS_CCONFINEMENT_H

#include <spawn.h>
#include <stddef.h>
#include <stdint.h>

// Layers of the walls, each independent of the others.
enum {
  SL_LAYER_LIMITS = 1,         // memory, processor time, no core file, no file written, few descriptors
  SL_LAYER_NO_PRIVILEGES = 2,  // no program started from here gets more rights
  SL_LAYER_LANDLOCK = 4,       // no file but those below the folders named
  SL_LAYER_SECCOMP = 8,        // no system call but those on a list
};

typedef struct {
  uint64_t memoryBytes;  // address space
  uint64_t cpuSeconds;
  // Folders below which files may still be opened, to read; those that do not exist are left out.
  const char *const *folders;
  size_t folderCount;
  int mayLookUpFiles;  // 1: metadata of files may be asked for (fontconfig does)
} SLWalls;

// Ends this process when its parent ends. Returns 0, or -1 when the parent is already another.
int sl_tie_to_parent(int parent);

// Raises all walls that the machine has, for good. Returns the SL_LAYER_… that stand. Without landlock
// no file at all can be opened afterwards.
unsigned sl_raise_walls(const SLWalls *walls, int *landlockVersion);

// Asks the kernel and tries what must not be possible: which SL_LAYER_… hold, but for seccomp, whose
// trial ends the process (see sl_try_socket).
unsigned sl_try_walls(void);
// Opens a socket: under seccomp the kernel ends the process here. Returns the descriptor or -1.
int sl_try_socket(void);

// The version of landlock that the kernel has, or 0.
int sl_landlock_version(void);

// A file that exists in memory only, or -1.
int sl_memory_file(const char *name);
// Makes it unchangeable. Returns 0, or -1.
int sl_seal(int descriptor);

// Does work on a thread of its own and waits for it. Returns 0 when it ended; 1 when a check of ours failed in it
// (a trap), after which that thread stands still for good, as what it works on may be in any state; -1 when the
// machine gives no thread. From the first call on, any other defect ends the program with one line and EX_SOFTWARE.
int sl_guard(void (*work)(void *), void *context);

// pipe2 with close-on-exec.
int sl_pipe(int ends[2]);
// A session of its own for what is spawned, and nothing open in it from this descriptor on.
int sl_set_apart(posix_spawnattr_t *attributes, posix_spawn_file_actions_t *actions, int from);

#endif
