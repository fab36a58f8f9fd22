// The dot product of a query in 16 bits and a row in 8: what a search computes thousands of times, at a quarter of the
// memory of floats and without rounding.
#ifndef STAFFROOM_EMBEDDINGS_KERNELS_CODE_DOT_H_
#define STAFFROOM_EMBEDDINGS_KERNELS_CODE_DOT_H_

#include <cstddef>
#include <cstdint>

namespace staffroom::embeddings {

// With query codes in [−kQueryCodeMost, kQueryCodeMost] and up to 4,096 elements no sum can overflow:
// 4,095 · 127 · 4,096 < 2^31.
inline constexpr int kQueryCodeMost = 4095;
inline constexpr int kRowCodeMost = 127;

// Σ query[i]·row[i] over `size` ≤ 4,096 elements, exactly, on every machine; no alignment is required; 0 when size is 0.
// REQUIRES: codes within the ranges above. Thread-safe.
using CodeDotFunction = int32_t (*)(const int16_t* query, const int8_t* row, size_t size);

// The one for this machine's instructions; take it once for a search.
CodeDotFunction BestCodeDot();

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_KERNELS_CODE_DOT_H_
