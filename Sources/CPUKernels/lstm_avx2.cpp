#if defined(__x86_64__)
#define CK_AVX2 1
#include "lstm.inc"
#endif
