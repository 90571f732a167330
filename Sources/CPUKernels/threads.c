#include "core.h"
#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

// How many threads: the machine's processors, and what libraries are told.

static struct {
    void (*set)(int);
    int processors;
} threads;
static pthread_once_t threads_once = PTHREAD_ONCE_INIT;

/// oneDNN brings libgomp along, so that its functions are looked up instead of linked.
static void look_up(void) {
    int (*max)(void) = (int (*)(void))dlsym(RTLD_DEFAULT, "omp_get_max_threads");
    threads.set = (void (*)(int))dlsym(RTLD_DEFAULT, "omp_set_num_threads");
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    threads.processors = max ? max() : (int)online;
    if (threads.processors < 1) threads.processors = 1;
}

int ck_max_threads(void) {
    pthread_once(&threads_once, look_up);
    return threads.processors;
}

void ck_set_threads(int count) {
    pthread_once(&threads_once, look_up);
    if (threads.set) threads.set(count < 1 ? 1 : count);
}

int ck_good_threads(double nanoseconds, int limit) {
    double useful = nanoseconds / 8000;
    if (useful < 2 || limit < 2) return 1;
    return useful > limit ? limit : (int)useful;
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
