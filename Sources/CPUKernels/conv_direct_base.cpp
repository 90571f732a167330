#include "conv_direct.inc"
