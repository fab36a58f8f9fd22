// The sum of scaled rows of codes: what a text's vector is made of. Exact integers, so that neither the order of the rows nor
// the machine can show in the result.
#ifndef STAFFROOM_EMBEDDINGS_KERNELS_ROW_SUM_H_
#define STAFFROOM_EMBEDDINGS_KERNELS_ROW_SUM_H_

#include <cstddef>
#include <cstdint>

namespace staffroom::embeddings {

struct ScaledRow {
  const int8_t* row;
  int32_t scale;  // 0 … kScaleMost
};

inline constexpr int32_t kScaleMost = 32767;

// So many rows are added up in 32 bits before they go to 64: 512 · 32,767 · 128 < 2^31.
inline constexpr size_t kRowsInNarrowSum = 512;

// sums[i] += Σ scale · row[i] over `count` rows of `size` codes each, exactly; no alignment is required. Codes may be any
// bytes. Thread-safe.
using RowSumFunction = void (*)(const ScaledRow* rows, size_t count, size_t size, int64_t* sums);

// The one for this machine's instructions.
RowSumFunction BestRowSum();

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_KERNELS_ROW_SUM_H_
