// What the thread sanitizer does not see by itself on Linux, because it happens in libraries that are not
// instrumented. `make sanitize` preloads this, so that no build contains it; a process without the
// sanitizer does not notice.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

// The sanitizer's own, where there is one in the process.
__attribute__((weak)) void __tsan_acquire(void *address);
__attribute__((weak)) void __tsan_release(void *address);

// Debian's Lua raises errors by this form of `longjmp`, which checks where it goes. The sanitizer stands
// before the plain form alone; of a jump that it does not see it takes every function for one that
// still runs, and its stacks grow without end.
void __longjmp_chk(jmp_buf target, int value);
void __longjmp_chk(jmp_buf target, int value) { longjmp(target, value); }

// An uncontended `Mutex` of Swift's locks in code that is inlined, hence instrumented. A contended one
// waits on a futex inside the Synchronization library: there the sanitizer sees no lock, and reports
// whatever it guards.

// Swift passes what a method is of in a register of its own; it is the address of the lock.
#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *lock

// Mangled: Synchronization._MutexHandle._lockSlow(UInt32), _tryLockSlow(), _unlockSlow().
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define TRY_LOCK "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

SWIFT void mutex_lock(uint32_t thread, SELF) __asm__(LOCK);
SWIFT bool mutex_try_lock(SELF) __asm__(TRY_LOCK);
SWIFT void mutex_unlock(SELF) __asm__(UNLOCK);

SWIFT void mutex_lock(uint32_t thread, SELF) {
    typedef SWIFT void (*function)(uint32_t, SELF);
    ((function)dlsym(RTLD_NEXT, LOCK))(thread, lock);
    if (__tsan_acquire) __tsan_acquire(lock);
}

SWIFT bool mutex_try_lock(SELF) {
    typedef SWIFT bool (*function)(SELF);
    const bool locked = ((function)dlsym(RTLD_NEXT, TRY_LOCK))(lock);
    if (locked && __tsan_acquire) __tsan_acquire(lock);
    return locked;
}

SWIFT void mutex_unlock(SELF) {
    typedef SWIFT void (*function)(SELF);
    if (__tsan_release) __tsan_release(lock);
    ((function)dlsym(RTLD_NEXT, UNLOCK))(lock);
}

// Swift counts references inside its runtime. Whoever releases an object that others hold has read it, and
// an owner that finds itself the only one may change it, or frees it with the last reference: so an array
// whose copy another thread has read is changed in place.

struct object {
    void *type;
    uint64_t counts; // see RefCount.h of Swift's runtime: above bit 32 how many references besides one
};

// What lies in read-only memory is never changed.
static bool is_counted(const struct object *object) {
    return object && __tsan_release && (uint32_t)object->counts != UINT32_MAX;
}

void swift_release(struct object *object);
void swift_release(struct object *object) {
    static void (*real)(struct object *);
    if (!real) real = (void (*)(struct object *))dlsym(RTLD_NEXT, "swift_release");
    if (is_counted(object)) {
        __tsan_release(object);
        // This is the last reference.
        if (object->counts >> 33 == 0) __tsan_acquire(object);
    }
    real(object);
}

bool swift_isUniquelyReferenced_nonNull_native(const struct object *object);
bool swift_isUniquelyReferenced_nonNull_native(const struct object *object) {
    static bool (*real)(const struct object *);
    if (!real)
        real = (bool (*)(const struct object *))dlsym(
            RTLD_NEXT, "swift_isUniquelyReferenced_nonNull_native");
    const bool is_unique = real(object);
    if (is_unique && __tsan_acquire) __tsan_acquire((void *)object);
    return is_unique;
}

// A signal waits until its thread next calls something that the sanitizer stands before, as its handler
// must not run in the middle of the sanitizer's own work. An endless loop in Lua never does, and could
// not be interrupted. In Lua's own code a signal is safe to handle at once.

static uintptr_t lua_begin, lua_end;

static int find_lua(struct dl_phdr_info *library, size_t size, void *unused) {
    (void)size, (void)unused;
    if (!strstr(library->dlpi_name, "liblua5.4")) return 0;
    for (int i = 0; i < library->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &library->dlpi_phdr[i];
        if (part->p_type != PT_LOAD || !(part->p_flags & PF_X)) continue;
        lua_begin = library->dlpi_addr + part->p_vaddr;
        lua_end = lua_begin + part->p_memsz;
    }
    return 1;
}

__attribute__((constructor)) static void start(void) { dl_iterate_phdr(find_lua, NULL); }

static bool is_in_lua(const ucontext_t *context) {
#if defined(__x86_64__)
    const uintptr_t place = (uintptr_t)context->uc_mcontext.gregs[REG_RIP];
#else
    const uintptr_t place = (uintptr_t)context->uc_mcontext.pc;
#endif
    return lua_begin <= place && place < lua_end;
}

// The sanitizer's handlers, which note a signal for later.
static void (*noting[NSIG])(int, siginfo_t *, void *);

static void note_and_handle(int number, siginfo_t *info, void *context) {
    noting[number](number, info, context);
    // Any call that the sanitizer stands before will do.
    if (is_in_lua(context)) usleep(0);
}

// The sanitizer sets its handlers by what it takes for the C library's function.
int sigaction(int number, const struct sigaction *new, struct sigaction *old) {
    typedef int (*function)(int, const struct sigaction *, struct sigaction *);
    const function real = (function)dlsym(RTLD_NEXT, "sigaction");
    if (!__tsan_acquire || number <= 0 || number >= NSIG) return real(number, new, old);
    void (*const noted)(int, siginfo_t *, void *) = noting[number];
    struct sigaction ours;
    if (new && new->sa_handler != SIG_DFL && new->sa_handler != SIG_IGN) {
        ours = *new;
        noting[number] = new->sa_sigaction;
        ours.sa_sigaction = note_and_handle;
        new = &ours;
    }
    const int status = real(number, new, old);
    if (status == 0 && old && old->sa_sigaction == note_and_handle) old->sa_sigaction = noted;
    return status;
}
