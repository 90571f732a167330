// The plain C interface of this module: all kernels of the CPU engine.
#include "ck_core.h"
#include "ck_dnn.h"
