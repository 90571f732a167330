#if defined(__x86_64__)
#define CK_AVX2 1
#include "core.h"
#include "isa_begin.inc"
#define CK_FIND ck_find_avx2
#define CK_INTEGERS 1
#include "elementwise.inc"
#include "isa_end.inc"
#endif
