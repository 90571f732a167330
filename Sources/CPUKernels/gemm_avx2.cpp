#if defined(__x86_64__)
#define CK_AVX2 1
#include "gemm.inc"
#endif
