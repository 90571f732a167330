// Special functions that the C library lacks or has with global state.
#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE 1
#endif
#include "special.h"
#include <math.h>

double ck_log_gamma(double x) {
    int sign;
    return lgamma_r(x, &sign);
}

double ck_digamma(double x) {
    if (x == -INFINITY || (x <= 0 && floor(x) == x)) return NAN;
    double result = 0;
    if (x < 0) {
        // Reflection: ψ(1 - x) - ψ(x) = π cot(πx); the argument of tan within one period.
        double fraction = x - floor(x);
        result = -M_PI / tan(M_PI * fraction);
        x = 1 - x;
    }
    while (x < 10) {
        result -= 1 / x;
        x += 1;
    }
    // The asymptotic series, with Bernoulli's numbers.
    double z = 1 / (x * x);
    double series = z * (1.0 / 12 - z * (1.0 / 120 - z * (1.0 / 252 - z * (1.0 / 240 - z * (1.0 / 132 -
                    z * (691.0 / 32760 - z * (1.0 / 12)))))));
    return result + log(x) - 0.5 / x - series;
}

double ck_erf_inv(double x) {
    double a = fabs(x);
    if (!(a < 1)) return a == 1 ? copysign(INFINITY, x) : NAN;
    // S. Winitzki's formula to begin with, then Halley's steps on erf, or on erfc where erf is close to 1.
    double l = log1p(-a * a), t = 4.330746750799873 + l / 2;
    double y = a < 0.1 ? 0.8862269254527580 * a : sqrt(sqrt(t * t - l / 0.147) - t);
    for (int step = 0; step < 4 && y > 0; step++) {
        double error = a < 0.5 ? erf(y) - a : (1 - a) - erfc(y);
        double slope = 1.1283791670955126 * exp(-y * y);
        if (slope == 0) break;
        double newton = error / slope;
        y -= newton / (1 + y * newton);
    }
    return copysign(y, x);
}
