#include "gemm.inc"
