#ifndef STAFFROOM_EMBEDDINGS_KERNELS_PREFETCH_H_
#define STAFFROOM_EMBEDDINGS_KERNELS_PREFETCH_H_

#include <cstddef>

namespace staffroom::embeddings {

// Asks the memory for `bytes` from `begin` on, and does not wait.
inline void Prefetch(const void* begin, size_t bytes) {
  constexpr size_t kCacheLine = 64;
  for (size_t line = 0; line < bytes; line += kCacheLine) __builtin_prefetch(static_cast<const char*>(begin) + line);
}

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_KERNELS_PREFETCH_H_
