#if defined(__x86_64__)
#define CK_AVX2 1
#include "conv_tools.inc"
#endif
