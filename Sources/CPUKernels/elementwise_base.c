#define CK_FIND ck_find_base
#define CK_INTEGERS 1
#include "elementwise.inc"

int64_t ck_size_of(ck_dtype dtype) {
    switch (dtype) {
    case CK_BOOL: case CK_U8: case CK_I8: return 1;
    case CK_U16: case CK_I16: case CK_F16: case CK_BF16: return 2;
    case CK_U32: case CK_I32: case CK_F32: return 4;
    default: return 8;
    }
}
