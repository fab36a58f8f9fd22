// The dot product that every exact score comes from, with the widest instructions the machine has.
//
// Google Highway compiles the kernel once for each instruction set; BestDot() picks one at run time. Take it once for a
// search, not once for a distance: the choice costs as much as a short product.
//
// The sum runs in four accumulators of vector width, so it is not the sum of a plain loop; its error is at most
// a few units in the last place of Σ|a·b|. On one machine the result depends on the two vectors alone, not on their
// addresses; between machines with different vector widths the last bits may differ.
#ifndef STAFFROOM_EMBEDDINGS_KERNELS_DOT_H_
#define STAFFROOM_EMBEDDINGS_KERNELS_DOT_H_

#include <cstddef>

namespace staffroom::embeddings {

// Σ a[i]·b[i] over `size` elements; no alignment is required; 0 when size is 0. Thread-safe.
using DotFunction = float (*)(const float* a, const float* b, size_t size);

DotFunction BestDot();

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_KERNELS_DOT_H_
