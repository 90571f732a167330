#include "core.h"
#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

// libgomp's pool, the one oneDNN uses: a second spinning pool beside it would be ruinous. It comes with oneDNN, so it is
// looked up instead of linked.

static struct {
    void (*parallel)(void (*)(void *), void *, unsigned, unsigned);
    int (*thread)(void);
    int (*team)(void);
    int (*active)(void);
    void (*set)(int);
    int processors;
} pool;
static pthread_once_t pool_once = PTHREAD_ONCE_INIT;

static void find_pool(void) {
    int (*max)(void) = (int (*)(void))dlsym(RTLD_DEFAULT, "omp_get_max_threads");
    pool.parallel = (void (*)(void (*)(void *), void *, unsigned, unsigned))dlsym(RTLD_DEFAULT, "GOMP_parallel");
    pool.thread = (int (*)(void))dlsym(RTLD_DEFAULT, "omp_get_thread_num");
    pool.team = (int (*)(void))dlsym(RTLD_DEFAULT, "omp_get_num_threads");
    pool.active = (int (*)(void))dlsym(RTLD_DEFAULT, "omp_in_parallel");
    pool.set = (void (*)(int))dlsym(RTLD_DEFAULT, "omp_set_num_threads");
    if (!pool.thread || !pool.team || !pool.active) pool.parallel = NULL;
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    pool.processors = max ? max() : (int)online;
    if (pool.processors < 1) pool.processors = 1;
}

int ck_max_threads(void) {
    pthread_once(&pool_once, find_pool);
    return pool.processors;
}

void ck_set_threads(int threads) {
    pthread_once(&pool_once, find_pool);
    if (pool.set) pool.set(threads < 1 ? 1 : threads);
}

typedef struct {
    ck_body body;
    void *context;
    int parts;
} job;

static void run_job(void *argument) {
    job *work = argument;
    // The team may be smaller than asked for.
    int thread = pool.thread(), team = pool.team();
    for (int part = thread; part < work->parts; part += team) work->body(work->context, part, work->parts);
}

void ck_parallel(ck_body body, void *context, int parts) {
    if (parts > 1) {
        pthread_once(&pool_once, find_pool);
        if (pool.parallel && !pool.active()) {
            job work = {body, context, parts};
            pool.parallel(run_job, &work, (unsigned)parts, 0);
            return;
        }
    }
    for (int part = 0; part < parts; part++) body(context, part, parts);
}

int ck_good_threads(double nanoseconds, int limit) {
    double threads = nanoseconds / 8000;
    if (threads < 2 || limit < 2) return 1;
    return threads > limit ? limit : (int)threads;
}

// MARK: Scratch

static pthread_key_t scratch_key;
static pthread_once_t scratch_once = PTHREAD_ONCE_INIT;
static _Thread_local void *scratch;
static _Thread_local size_t scratch_size;

static void make_scratch_key(void) { pthread_key_create(&scratch_key, free); }

void *ck_scratch(size_t bytes) {
    if (bytes > scratch_size) {
        pthread_once(&scratch_once, make_scratch_key);
        size_t size = (bytes + 0xffff) & ~(size_t)0xffff;
        void *memory = NULL;
        if (posix_memalign(&memory, 64, size)) return NULL;
        free(scratch);
        scratch = memory;
        scratch_size = size;
        pthread_setspecific(scratch_key, memory);
    }
    return scratch;
}

// MARK: Instruction set

static atomic_int level = -1;

static int machine_level(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma") || !__builtin_cpu_supports("f16c")) return 0;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl")) return 2;
    return 1;
#else
    return 0;
#endif
}

int ck_simd_level(void) {
    int current = atomic_load_explicit(&level, memory_order_relaxed);
    if (current < 0) {
        current = machine_level();
        atomic_store_explicit(&level, current, memory_order_relaxed);
    }
    return current;
}

void ck_set_simd_level(int wanted) {
    int machine = machine_level();
    atomic_store(&level, wanted < 0 ? 0 : wanted > machine ? machine : wanted);
}
