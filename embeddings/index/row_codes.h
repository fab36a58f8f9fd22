// Rows in 8 bits an element: what searches read first. A row x is stored beside them as floats; here it is
//
//   x = scale · codes + r,   codes in [−127, 127], scale = max|x| / 127
//
// and what the codes leave out, r, is known by its length. By Cauchy and Schwarz that bounds how far an estimate can be
// from the true product, so that a scan by codes can leave out a row only when it cannot belong to the answer: scans stay
// exact.
#ifndef STAFFROOM_EMBEDDINGS_INDEX_ROW_CODES_H_
#define STAFFROOM_EMBEDDINGS_INDEX_ROW_CODES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "embeddings/kernels/code_dot.h"
#include "embeddings/kernels/dot.h"

namespace staffroom::embeddings {

// What belongs to the codes of one row: 8 bytes.
struct CodeShape {
  float scale = 0;
  float error = 0;  // |q·x − estimate| ≤ |q| · error, for every query q
};

// Writes `row.size()` codes. REQUIRES: finite values, at most 4,096.
CodeShape EncodeRow(absl::Span<const float> row, int8_t* codes);

// A query in codes of 16 bits.
class CodedQuery {
 public:
  // REQUIRES: finite values, at most 4,096.
  CodedQuery(absl::Span<const float> values, CodeDotFunction code_dot);
  // A row of `size` codes as the query.
  CodedQuery(const int8_t* codes, size_t size, const CodeShape& shape, CodeDotFunction code_dot);

  // About the product with the row that the codes stand for.
  float Estimate(const int8_t* codes, const CodeShape& shape) const {
    return static_cast<float>(code_dot_(codes_.data(), codes, codes_.size())) * (scale_ * shape.scale);
  }

 private:
  const CodeDotFunction code_dot_;
  std::vector<int16_t> codes_;
  float scale_ = 0;
};

// A query, in both forms, with the functions that compare it. Made once for a search; immutable.
class IndexQuery {
 public:
  // `values` must outlive the object. REQUIRES: finite values, at most 4,096.
  IndexQuery(absl::Span<const float> values, DotFunction dot, CodeDotFunction code_dot);

  // The kernel's dot product: what answers hold.
  float Exact(const float* row) const { return dot_(values_.data(), row, values_.size()); }

  // About Exact of the row that the codes stand for…
  float Estimate(const int8_t* codes, const CodeShape& shape) const { return coded_.Estimate(codes, shape); }
  // …and never further from it than this.
  float Slack(const CodeShape& shape) const { return length_ * shape.error; }

 private:
  const absl::Span<const float> values_;
  const DotFunction dot_;
  const CodedQuery coded_;
  const float length_;
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_INDEX_ROW_CODES_H_
