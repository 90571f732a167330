#include "lstm.inc"
