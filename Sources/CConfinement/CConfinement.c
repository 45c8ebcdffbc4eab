#define _GNU_SOURCE
#include "CConfinement.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <seccomp.h>
#include <semaphore.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sysexits.h>
#include <unistd.h>

int sl_tie_to_parent(int parent) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return -1;
  // The parent may have ended before the tie was made.
  return getppid() == parent ? 0 : -1;
}

static int limit(int resource, rlim_t soft, rlim_t hard) {
  struct rlimit now;
  if (getrlimit((__rlimit_resource_t)resource, &now) != 0) return -1;
  // A limit that somebody set lower stays.
  if (now.rlim_max < hard) hard = now.rlim_max;
  if (soft > hard) soft = hard;
  now.rlim_cur = soft;
  now.rlim_max = hard;
  return setrlimit((__rlimit_resource_t)resource, &now);
}

// Nested objects of a PDF recurse deeply; the usual 8 MiB would turn some readable files into crashes.
static const rlim_t stackBytes = 64 << 20;
static const rlim_t descriptors = 64;

static int raiseLimits(const SLWalls *walls) {
  int failed = 0;
  failed |= limit(RLIMIT_STACK, stackBytes, stackBytes);
  failed |= limit(RLIMIT_AS, walls->memoryBytes, walls->memoryBytes);
  // The soft limit sends SIGXCPU, which says why; the hard one kills.
  failed |= limit(RLIMIT_CPU, walls->cpuSeconds, walls->cpuSeconds + 1);
  failed |= limit(RLIMIT_CORE, 0, 0);
  failed |= limit(RLIMIT_FSIZE, 0, 0);
  failed |= limit(RLIMIT_NOFILE, descriptors, descriptors);
  failed |= limit(RLIMIT_NPROC, 0, 0);
  failed |= limit(RLIMIT_MEMLOCK, 0, 0);
  failed |= limit(RLIMIT_MSGQUEUE, 0, 0);
  failed |= prctl(PR_SET_DUMPABLE, 0);
  return failed;
}

// The kernel's interface in the words of its own header; Debian 12's knows only the first member.
typedef struct {
  uint64_t files, network, scoped;
} Ruleset;
typedef struct {
  uint64_t allowed;
  int32_t parent;
} __attribute__((packed)) PathRule;

static const uint64_t readFile = 1 << 2, readFolder = 1 << 3;

int sl_landlock_version(void) {
  const long version = syscall(SYS_landlock_create_ruleset, NULL, 0, 1);
  return version > 0 ? (int)version : 0;
}

static int raiseLandlock(const SLWalls *walls, int version) {
  if (version == 0) return -1;
  // Everything that each version of the interface can forbid.
  Ruleset rules = {(1 << 13) - 1, 0, 0};
  size_t size = sizeof rules.files;
  if (version >= 2) rules.files |= 1 << 13;
  if (version >= 3) rules.files |= 1 << 14;
  if (version >= 4) {
    rules.network = 3;
    size += sizeof rules.network;
  }
  if (version >= 5) rules.files |= 1 << 15;
  if (version >= 6) {
    rules.scoped = 3;
    size += sizeof rules.scoped;
  }
  const int set = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
  if (set < 0) return -1;
  int failed = 0;
  for (size_t i = 0; i < walls->folderCount; ++i) {
    PathRule rule = {readFile | readFolder, open(walls->folders[i], O_PATH | O_CLOEXEC)};
    if (rule.parent < 0) continue;
    failed |= (int)syscall(SYS_landlock_add_rule, set, 1, &rule, 0);
    close(rule.parent);
  }
  if (failed == 0) failed = (int)syscall(SYS_landlock_restrict_self, set, 0);
  close(set);
  return failed;
}

// What a reader of memory needs to compute and to answer. Anything else fails with EPERM.
static const int allowed[] = {
    SCMP_SYS(read),          SCMP_SYS(write),          SCMP_SYS(writev),
    SCMP_SYS(pread64),       SCMP_SYS(lseek),          SCMP_SYS(close),
    SCMP_SYS(fstat),         SCMP_SYS(munmap),         SCMP_SYS(mremap),
    SCMP_SYS(brk),           SCMP_SYS(madvise),        SCMP_SYS(futex),
    SCMP_SYS(rt_sigaction),  SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),   SCMP_SYS(getrandom),      SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday),  SCMP_SYS(time),           SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),     SCMP_SYS(restart_syscall), SCMP_SYS(sched_yield),
    SCMP_SYS(getpid),        SCMP_SYS(gettid),         SCMP_SYS(sysinfo),
    SCMP_SYS(getrlimit),     SCMP_SYS(exit),           SCMP_SYS(exit_group),
    SCMP_SYS(sched_getaffinity),
};

// No reader of documents has a use for these: who tries them is ended at once, and the record says so.
static const int deadly[] = {
    SCMP_SYS(socket),        SCMP_SYS(socketpair),      SCMP_SYS(connect),
    SCMP_SYS(bind),          SCMP_SYS(listen),          SCMP_SYS(accept),
    SCMP_SYS(accept4),       SCMP_SYS(sendto),          SCMP_SYS(sendmsg),
    SCMP_SYS(execve),        SCMP_SYS(execveat),        SCMP_SYS(fork),
    SCMP_SYS(vfork),         SCMP_SYS(ptrace),          SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev), SCMP_SYS(kill),        SCMP_SYS(tkill),
    SCMP_SYS(bpf),           SCMP_SYS(perf_event_open), SCMP_SYS(io_uring_setup),
    SCMP_SYS(unshare),       SCMP_SYS(setns),           SCMP_SYS(mount),
    SCMP_SYS(umount2),       SCMP_SYS(pivot_root),      SCMP_SYS(chroot),
    SCMP_SYS(keyctl),        SCMP_SYS(add_key),         SCMP_SYS(request_key),
    SCMP_SYS(init_module),   SCMP_SYS(finit_module),    SCMP_SYS(kexec_load),
    SCMP_SYS(userfaultfd),   SCMP_SYS(open_by_handle_at), SCMP_SYS(memfd_create),
    SCMP_SYS(pidfd_open),    SCMP_SYS(pidfd_getfd),
};

// O_TMPFILE without the bit that it shares with O_DIRECTORY.
static const int temporary = O_TMPFILE & ~O_DIRECTORY;

static int fillFilter(scmp_filter_ctx filter, int mayOpen, int mayLookUp) {
  int failed = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
  for (size_t i = 0; i < sizeof allowed / sizeof *allowed; ++i)
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
  for (size_t i = 0; i < sizeof deadly / sizeof *deadly; ++i)
    failed |= seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, deadly[i], 0);
  // A thread is refused, a process is deadly. (clone3 hides its flags; refused, glibc falls back to clone.)
  failed |= seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, SCMP_SYS(clone), 1,
                             SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
  failed |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
  // Memory is never made executable.
  failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                             SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                             SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  // A signal to itself: how abort() ends.
  failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                             SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid()));
  // Limits may be asked for, not set.
  failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1,
                             SCMP_A2(SCMP_CMP_EQ, 0));
  failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1,
                             SCMP_A1(SCMP_CMP_EQ, F_GETFL));
  failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1,
                             SCMP_A0(SCMP_CMP_EQ, PR_GET_NO_NEW_PRIVS));
  if (mayOpen) {
    failed |= seccomp_rule_add(
        filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
        SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | temporary, 0));
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(getdents64), 0);
  }
  if (mayLookUp) {
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), 0);
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(statx), 0);
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(access), 0);
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(faccessat), 0);
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(readlink), 0);
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(fstatfs), 0);
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(statfs), 0);
  } else {
    // Of an open descriptor only: what fstat is since glibc 2.33.
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), 1,
                               SCMP_A3(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH));
  }
  return failed;
}

static int raiseSeccomp(int mayOpen, int mayLookUp) {
  const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
  if (filter == NULL) return -1;
  int failed = fillFilter(filter, mayOpen, mayLookUp);
  if (failed == 0) failed = seccomp_load(filter);
  seccomp_release(filter);
  return failed;
}

unsigned sl_raise_walls(const SLWalls *walls, int *landlockVersion) {
  unsigned layers = 0;
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) layers |= SL_LAYER_NO_PRIVILEGES;
  *landlockVersion = sl_landlock_version();
  if (raiseLandlock(walls, *landlockVersion) == 0) layers |= SL_LAYER_LANDLOCK;
  if (raiseLimits(walls) == 0) layers |= SL_LAYER_LIMITS;
  const int mayOpen = (layers & SL_LAYER_LANDLOCK) != 0;
  if (raiseSeccomp(mayOpen, mayOpen && walls->mayLookUpFiles) == 0) layers |= SL_LAYER_SECCOMP;
  return layers;
}

unsigned sl_try_walls(void) {
  unsigned holding = 0;
  struct rlimit memory, core;
  if (getrlimit(RLIMIT_AS, &memory) == 0 && getrlimit(RLIMIT_CORE, &core) == 0 &&
      core.rlim_max == 0 && memory.rlim_max != RLIM_INFINITY) {
    void *const tooMuch = mmap(NULL, memory.rlim_max, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (tooMuch == MAP_FAILED) holding |= SL_LAYER_LIMITS;
  }
  if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1) holding |= SL_LAYER_NO_PRIVILEGES;
  // Every machine has this folder, and seccomp lets a folder be opened where landlock stands.
  const int root = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (root < 0 && errno == EACCES) holding |= SL_LAYER_LANDLOCK;
  if (root >= 0) close(root);
  return holding;
}

int sl_try_socket(void) { return socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); }

int sl_memory_file(const char *name) {
  return memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
}

int sl_seal(int descriptor) {
  return fcntl(descriptor, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE);
}

typedef struct {
  void (*work)(void *);
  void *context;
  sem_t ended;
  volatile sig_atomic_t isTrapped;
} Guarded;

// What this thread works on while somebody waits for it.
static _Thread_local Guarded *guarded;

// Ends without the runtime's own report, which takes long and shows what stands in memory.
static void onDefect(int signal) {
  (void)signal;
  static const char message[] = "soclens: ended by a defect of its own; nothing more is written\n";
  // Without a standard error there is nobody to tell.
  if (write(STDERR_FILENO, message, sizeof message - 1) < 0) _exit(EX_SOFTWARE);
  _exit(EX_SOFTWARE);
}

static void onTrap(int signal) {
  Guarded *const mine = guarded;
  if (mine == NULL) onDefect(signal);
  mine->isTrapped = 1;
  sem_post(&mine->ended);
  for (;;) pause();
}

static void heed(const int *signals, size_t count, void (*handler)(int)) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < count; i++) sigaction(signals[i], &action, NULL);
}

static void heedDefects(void) {
  // Which of the two a failed check gives depends on the processor.
  static const int traps[] = {SIGILL, SIGTRAP};
  // After these, memory may be in any state.
  static const int others[] = {SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
  heed(traps, sizeof traps / sizeof *traps, onTrap);
  heed(others, sizeof others / sizeof *others, onDefect);
}

static void *runGuarded(void *raw) {
  guarded = raw;
  guarded->work(guarded->context);
  sem_post(&guarded->ended);
  return NULL;
}

int sl_guard(void (*work)(void *), void *context) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, heedDefects);
  Guarded job = {.work = work, .context = context};
  pthread_attr_t attributes;
  pthread_t thread;
  if (sem_init(&job.ended, 0, 0) != 0) return -1;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, stackBytes);
  const int failed = pthread_create(&thread, &attributes, runGuarded, &job);
  pthread_attr_destroy(&attributes);
  if (failed == 0) {
    while (sem_wait(&job.ended) != 0 && errno == EINTR) {}
  }
  sem_destroy(&job.ended);
  return failed != 0 ? -1 : job.isTrapped;
}

int sl_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int sl_set_apart(posix_spawnattr_t *attributes, posix_spawn_file_actions_t *actions, int from) {
  short flags = 0;
  int failed = posix_spawnattr_getflags(attributes, &flags);
  if (failed == 0) failed = posix_spawnattr_setflags(attributes, flags | POSIX_SPAWN_SETSID);
  return failed != 0 ? failed : posix_spawn_file_actions_addclosefrom_np(actions, from);
}
