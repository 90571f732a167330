// Convolutions: what their parts share.
#pragma once
#include "dnn_common.hpp"

#include <stdlib.h>

#include <memory>
#include <mutex>
#include <vector>

/// The geometry with three spatial axes; missing ones, in front, have size 1.
struct ConvGeometry {
    int64_t batch, channels, filters, groups;
    int64_t input[3], kernel[3], output[3], stride[3], low[3], inputDilation[3], kernelDilation[3];

    explicit ConvGeometry(const ck_conv_config &c);
    int64_t taps() const { return kernel[0] * kernel[1] * kernel[2]; }
    int64_t inputPlaces() const { return input[0] * input[1] * input[2]; }
    int64_t outputPlaces() const { return output[0] * output[1] * output[2]; }
    int64_t inputCount() const { return batch * inputPlaces() * channels; }
    int64_t outputCount() const { return batch * outputPlaces() * filters; }
    int64_t kernelCount() const { return taps() * (channels / groups) * filters; }
};

/// One way to compute a convolution.
class ConvWay {
public:
    virtual ~ConvWay() = default;
    virtual int run(const void *first, const void *second, const void *bias, void *out) const = 0;
    virtual const char *path() const = 0;
};

/// Pieces of memory of one size: one for each run at a time, kept for the next.
class Pool {
public:
    struct Free { void operator()(float *p) const { free(p); } };
    using Buffer = std::unique_ptr<float, Free>;

    int64_t count = 0;   // of floats

    /// Null if there is no memory left.
    Buffer take() const {
        std::lock_guard<std::mutex> lock(mutex);
        if (idle.empty()) return Buffer(static_cast<float *>(aligned_alloc(64, (size_t(count + 16) * sizeof(float) + 63) & ~size_t(63))));
        Buffer memory = std::move(idle.back());
        idle.pop_back();
        return memory;
    }
    void give(Buffer memory) const {
        std::lock_guard<std::mutex> lock(mutex);
        idle.push_back(std::move(memory));
    }

private:
    mutable std::mutex mutex;
    mutable std::vector<Buffer> idle;
};

/// A convolution whose implementation has a kernel layout of its own: brought there, or back, apart from the run, so that
/// several parts of a batch share one kernel.
class PackedConv : public ConvWay {
public:
    /// Floats of the packed kernel.
    virtual int64_t packedCount() const = 0;
    virtual bool packsLike(const PackedConv &other) const = 0;
    virtual int pack(const float *kernel, float *packed) const = 0;
    virtual int unpack(const float *packed, float *kernel) const = 0;
    /// `run` with a packed kernel, or a packed result for a kernel gradient. Bias without activation.
    virtual int runPacked(const void *first, const void *second, const void *bias, void *out) const = 0;
};

// Of float32, by oneDNN; null if it cannot, or only by its slow reference.

/// oneDNN's own threads.
std::unique_ptr<PackedConv> makeLibraryConv(const ck_conv_config &config);
/// The batch in parts, each computed by one of our threads; the same bits for every number of threads if `deterministic`.
std::unique_ptr<ConvWay> makeBatchedConv(const ck_conv_config &config);
/// The best way, directly or around a corner.
std::unique_ptr<ConvWay> makeGoodConv(const ck_conv_config &config);

/// Plain loops: every geometry, the same bits for every number of threads.
struct DirectConv {
    ConvGeometry g;
    int kind;
    bool bias, relu;
    int threads;
};
template <class T> struct DirectConvKernels { void (*run)(const DirectConv &, const T *, const T *, const T *, T *); };
namespace ck_avx512 { extern const DirectConvKernels<float> convFloat; extern const DirectConvKernels<double> convDouble; }
namespace ck_avx2 { extern const DirectConvKernels<float> convFloat; extern const DirectConvKernels<double> convDouble; }
namespace ck_base {
extern const DirectConvKernels<float> convFloat;
extern const DirectConvKernels<double> convDouble;
extern const DirectConvKernels<uint8_t> convByte;
extern const DirectConvKernels<uint16_t> convShort;
extern const DirectConvKernels<uint32_t> convInt;
extern const DirectConvKernels<uint64_t> convLong;
}
