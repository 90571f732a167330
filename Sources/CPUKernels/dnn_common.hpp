// What the files behind ck_dnn.h share.
#pragma once
#include "ck_dnn.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <new>

extern "C" void *ck_scratch(size_t bytes);   // of core.h: for kernels that call no other

/// Like `ck_scratch`, another piece of memory: for those that call such kernels.
void *ckOuterScratch(size_t bytes);

/// Notes the text for `ck_last_error` and gives the status back.
int ckFail(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/// Runs body(part) for each part of 0 ..< parts, on as many threads, and returns when all are done.
template <class Body> void ckParallelFor(int parts, const Body &body) {
    if (parts <= 1) { body(0); return; }
    ck_parallel([](void *context, int part, int) { (*static_cast<const Body *>(context))(part); },
                const_cast<void *>(static_cast<const void *>(&body)), parts);
}

/// Part `index` of `count` nearly equal parts of 0 ..< total.
struct CkRange { int64_t begin, end; };
inline CkRange ckPart(int64_t total, int index, int count) {
    return {total * index / count, total * (index + 1) / count};
}


/// The instruction set in use, as far as this build knows it.
enum CkIsa { ckIsaBase, ckIsaAvx2, ckIsaAvx512 };
CkIsa ckIsa();

/// A failure that any of several threads may report.
class CkStatus {
public:
    void fail(int status) { __atomic_store_n(&status_, status, __ATOMIC_RELAXED); }
    int value() const {
        const int status = __atomic_load_n(&status_, __ATOMIC_RELAXED);
        return status == CK_OK ? CK_OK : ckFail(status, "no memory for a kernel's rows");
    }
private:
    int status_ = CK_OK;
};
