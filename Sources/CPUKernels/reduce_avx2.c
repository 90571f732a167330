#if defined(__x86_64__)
#define CK_AVX2 1
#include "core.h"
#include "isa_begin.inc"
#define CK_REDUCER ck_reducer_avx2
#define CK_THREEFRY ck_threefry_avx2
#define CK_INTEGERS 1
#define CK_WINDOW_LOOPS ck_window_loops_avx2
#include "reduce.inc"
#include "isa_end.inc"
#endif
