#if defined(__x86_64__)
#define CK_AVX512 1
#include "core.h"
#include "isa_begin.inc"
#define CK_REDUCER ck_reducer_avx512
#define CK_THREEFRY ck_threefry_avx512
#define CK_INTEGERS 0
#define CK_WINDOW_LOOPS ck_window_loops_avx512
#include "reduce.inc"
#include "isa_end.inc"
#endif
