#ifndef SPECIAL_H
#define SPECIAL_H

double ck_log_gamma(double x);
double ck_digamma(double x);
double ck_erf_inv(double x);

#endif
