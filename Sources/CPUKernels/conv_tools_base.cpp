#include "conv_tools.inc"
