#define CK_REDUCER ck_reducer_base
#define CK_THREEFRY ck_threefry_base
#define CK_INTEGERS 1
#define CK_WINDOW_LOOPS ck_window_loops_base
#include "reduce.inc"
