// The threads that share a kernel's work.
//
// Parts are claimed one by one, so that a thread that is late (asleep, or its core taken by another process) holds nobody
// up: the caller does the work itself then. libgomp, whose regions wait for every thread, took milliseconds for jobs of
// microseconds on a machine with other work. Workers look for work for some tens of microseconds before they sleep.
#include "core.h"

#if defined(__linux__)

#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { most_workers = 255, spins = 1000 };

static struct {
    // What to do. Valid for the generation that `claim` names.
    _Atomic(ck_body) body;
    _Atomic(void *) context;
    atomic_int parts;
    // Generation in the upper half, the next part to be claimed in the lower one.
    _Alignas(64) _Atomic(uint64_t) claim;
    _Alignas(64) atomic_int unfinished;
    // Counts jobs; sleepers wait for it to change.
    _Alignas(64) atomic_uint bell;
    atomic_int sleepers;
    // Held by the thread whose job it is.
    _Alignas(64) atomic_flag taken;
    int workers;
} pool = {.taken = ATOMIC_FLAG_INIT};

/// Whether this thread is running a part: what it calls runs sequentially.
static _Thread_local bool inside;

static void pause_briefly(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb" ::: "memory");
#endif
}

/// Claims and runs parts until none is left.
static void work(void) {
    for (;;) {
        uint64_t claim = atomic_load_explicit(&pool.claim, memory_order_acquire);
        ck_body body = atomic_load_explicit(&pool.body, memory_order_relaxed);
        void *context = atomic_load_explicit(&pool.context, memory_order_relaxed);
        int parts = atomic_load_explicit(&pool.parts, memory_order_relaxed);
        uint32_t part = (uint32_t)claim;
        if (part >= (uint32_t)parts) return;
        // Another job may have begun since: then the claim has changed, and what was read is not used.
        if (!atomic_compare_exchange_strong_explicit(&pool.claim, &claim, claim + 1, memory_order_acq_rel, memory_order_relaxed)) continue;
        body(context, (int)part, parts);
        atomic_fetch_sub_explicit(&pool.unfinished, 1, memory_order_release);
    }
}

static void *worker(void *unused) {
    (void)unused;
    inside = true;
    unsigned seen = 0;
    for (;;) {
        unsigned now = atomic_load_explicit(&pool.bell, memory_order_acquire);
        for (int i = 0; now == seen && i < spins; i++) {
            pause_briefly();
            now = atomic_load_explicit(&pool.bell, memory_order_acquire);
        }
        if (now == seen) {
            atomic_fetch_add(&pool.sleepers, 1);
            while ((now = atomic_load(&pool.bell)) == seen) syscall(SYS_futex, &pool.bell, FUTEX_WAIT_PRIVATE, seen, NULL, NULL, 0);
            atomic_fetch_sub(&pool.sleepers, 1);
        }
        seen = now;
        work();
    }
    return NULL;
}

/// Starts workers up to a number. They take no signals: those are the program's.
static void start_workers(int wanted) {
    sigset_t all, before;
    if (pool.workers >= wanted) return;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (pool.workers < wanted && pool.workers < most_workers) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, worker, NULL) != 0) break;
        pthread_detach(thread);
        pool.workers++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/// Workers do not live on in a forked child.
static void forget_workers(void) {
    pool.workers = 0;
    atomic_store(&pool.sleepers, 0);
    atomic_flag_clear(&pool.taken);
}

static void watch_forks(void) { pthread_atfork(NULL, NULL, forget_workers); }

static bool run_shared(ck_body body, void *context, int parts) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, watch_forks);
    if (atomic_flag_test_and_set_explicit(&pool.taken, memory_order_acquire)) return false;
    start_workers(parts - 1);

    uint64_t generation = (atomic_load_explicit(&pool.claim, memory_order_relaxed) >> 32) + 1;
    // No claim succeeds while the job is being written.
    atomic_store_explicit(&pool.claim, generation << 32 | UINT32_MAX, memory_order_seq_cst);
    atomic_store_explicit(&pool.body, body, memory_order_relaxed);
    atomic_store_explicit(&pool.context, context, memory_order_relaxed);
    atomic_store_explicit(&pool.parts, parts, memory_order_relaxed);
    atomic_store_explicit(&pool.unfinished, parts, memory_order_relaxed);
    atomic_store_explicit(&pool.claim, (generation + 1) << 32, memory_order_release);
    atomic_fetch_add(&pool.bell, 1);
    if (atomic_load(&pool.sleepers) > 0) syscall(SYS_futex, &pool.bell, FUTEX_WAKE_PRIVATE, parts - 1, NULL, NULL, 0);

    inside = true;
    work();
    inside = false;
    for (int i = 0; atomic_load_explicit(&pool.unfinished, memory_order_acquire) > 0; i++) {
        if (i < spins) pause_briefly();
        else sched_yield();
    }
    atomic_flag_clear_explicit(&pool.taken, memory_order_release);
    return true;
}

#else

static bool inside;
static bool run_shared(ck_body body, void *context, int parts) { (void)body; (void)context; (void)parts; return false; }

#endif

void ck_parallel(ck_body body, void *context, int parts) {
    if (parts > 1 && !inside && run_shared(body, context, parts)) return;
    for (int part = 0; part < parts; part++) body(context, part, parts);
}
