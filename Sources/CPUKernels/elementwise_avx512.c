#if defined(__x86_64__)
#define CK_AVX512 1
#include "core.h"
#include "isa_begin.inc"
#define CK_FIND ck_find_avx512
#define CK_INTEGERS 0
#include "elementwise.inc"
#include "isa_end.inc"
#endif
