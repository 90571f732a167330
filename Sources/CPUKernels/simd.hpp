// One instruction set's vectors, for files that are compiled once for each of them.
//
// The including file defines CK_ISA (a namespace's name) and one of CK_AVX512, CK_AVX2 (or none: what the compiler
// takes for granted), and has pushed the matching target attribute (see isa_begin.inc).
#include <stddef.h>
#include <stdint.h>

#define CK_ALWAYS inline __attribute__((always_inline))

namespace CK_ISA {
namespace {

#if CK_AVX512
constexpr bool masksAreFree = true;
#else
constexpr bool masksAreFree = false;
#endif

#if CK_AVX512
constexpr int vectorBytes = 64;
#elif CK_AVX2
constexpr int vectorBytes = 32;
#else
constexpr int vectorBytes = 16;
#endif

template <class T> struct VectorOf;
template <> struct VectorOf<float> { typedef float type __attribute__((vector_size(vectorBytes))); };
template <> struct VectorOf<double> { typedef double type __attribute__((vector_size(vectorBytes))); };
template <class T> using Vector = typename VectorOf<T>::type;
template <class T> constexpr int lanes = vectorBytes / int(sizeof(T));

template <class T> CK_ALWAYS Vector<T> splat(T x) {
    Vector<T> v;
    for (int i = 0; i < lanes<T>; i++) v[i] = x;
    return v;
}

template <class T> CK_ALWAYS Vector<T> load(const T *p) {
    Vector<T> v;
    __builtin_memcpy(&v, p, sizeof v);
    return v;
}

template <class T> CK_ALWAYS void store(T *p, Vector<T> v) { __builtin_memcpy(p, &v, sizeof v); }

// The first `count` lanes (1 … lanes); the others are zero, or are not written.
#if CK_AVX512
CK_ALWAYS Vector<float> loadFirst(const float *p, int count) {
    return (Vector<float>)_mm512_maskz_loadu_ps((__mmask16)((1u << count) - 1), p);
}
CK_ALWAYS Vector<double> loadFirst(const double *p, int count) {
    return (Vector<double>)_mm512_maskz_loadu_pd((__mmask8)((1u << count) - 1), p);
}
CK_ALWAYS void storeFirst(float *p, Vector<float> v, int count) {
    _mm512_mask_storeu_ps(p, (__mmask16)((1u << count) - 1), (__m512)v);
}
CK_ALWAYS void storeFirst(double *p, Vector<double> v, int count) {
    _mm512_mask_storeu_pd(p, (__mmask8)((1u << count) - 1), (__m512d)v);
}
#else
template <class T> CK_ALWAYS Vector<T> loadFirst(const T *p, int count) {
    Vector<T> v = {};
    if (count >= lanes<T>) return load(p);
    for (int i = 0; i < lanes<T>; i++) if (i < count) v[i] = p[i];
    return v;
}
template <class T> CK_ALWAYS void storeFirst(T *p, Vector<T> v, int count) {
    if (count >= lanes<T>) return store(p, v);
    for (int i = 0; i < lanes<T>; i++) if (i < count) p[i] = v[i];
}
#endif

template <class T> CK_ALWAYS Vector<T> maximum(Vector<T> a, Vector<T> b) { return a > b ? a : b; }

/// The lanes' sum, halving: the order is fixed.
template <class T> CK_ALWAYS T sumOf(Vector<T> v) {
    T part[lanes<T>];
    __builtin_memcpy(part, &v, sizeof v);
#pragma clang loop unroll(full)
    for (int half = lanes<T> / 2; half > 0; half /= 2)
        for (int i = 0; i < half; i++) part[i] += part[i + half];
    return part[0];
}

}  // namespace
}  // namespace CK_ISA
