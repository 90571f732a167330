// float16 and bfloat16 as types, and elements of any floating type to and from the type in which they are computed with.
#pragma once
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

extern "C" {
#include "core.h"
#include "special.h"
}

struct CkHalf { uint16_t bits; };
struct CkBFloat { uint16_t bits; };

#define CK_HALF_ALWAYS static inline __attribute__((always_inline, unused))

CK_HALF_ALWAYS float ckToFloat(CkHalf x) { return ck_float_of_f16(x.bits); }
CK_HALF_ALWAYS float ckToFloat(CkBFloat x) { return ck_float_of_bf16(x.bits); }
CK_HALF_ALWAYS float ckToFloat(float x) { return x; }
CK_HALF_ALWAYS double ckToFloat(double x) { return x; }
CK_HALF_ALWAYS void ckFromFloat(float x, CkHalf *out) { out->bits = ck_f16_of_float(x); }
CK_HALF_ALWAYS void ckFromFloat(float x, CkBFloat *out) { out->bits = ck_bf16_of_float(x); }
CK_HALF_ALWAYS void ckFromFloat(float x, float *out) { *out = x; }
CK_HALF_ALWAYS void ckFromFloat(double x, double *out) { *out = x; }

/// The type in which sums over elements of a type are taken.
template <class S> struct CkSum { typedef float type; };
template <> struct CkSum<double> { typedef double type; };
