// Errors, memory of threads and the choice of an instruction set for the files behind ck_dnn.h.
#include "dnn_common.hpp"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

namespace {

thread_local char lastError[512] = "";

struct Scratch {
    void *memory = nullptr;
    size_t size = 0;
    ~Scratch() { free(memory); }
    void *ofSize(size_t bytes) {
        if (bytes <= size) return memory;
        free(memory);
        size = 0;
        const size_t rounded = (bytes + (bytes >> 2) + 4095) & ~size_t(4095);
        memory = aligned_alloc(64, rounded);
        if (memory) size = rounded;
        return memory;
    }
};

thread_local Scratch outer;

}  // namespace

void *ckOuterScratch(size_t bytes) { return outer.ofSize(bytes); }

int ckFail(int status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(lastError, sizeof lastError, format, arguments);
    va_end(arguments);
    return status;
}

CkIsa ckIsa() {
    switch (ck_simd_level()) {
    case 2: return ckIsaAvx512;
    case 1: return ckIsaAvx2;
    default: return ckIsaBase;
    }
}

extern "C" const char *ck_last_error(void) { return lastError; }

extern "C" const char *ck_dnn_isa(void) {
    switch (ckIsa()) {
    case ckIsaAvx512: return "avx512";
    case ckIsaAvx2: return "avx2";
    case ckIsaBase: return "base";
    }
    return "base";
}
