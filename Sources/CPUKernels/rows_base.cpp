#include "rows.inc"
