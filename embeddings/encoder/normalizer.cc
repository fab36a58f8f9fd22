#include "embeddings/encoder/normalizer.h"

#include <utf8proc.h>

#include "absl/strings/ascii.h"

namespace staffroom::embeddings {
namespace {

constexpr auto kFold = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                                      UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);

// Every apostrophe form becomes U+00AD, soft hyphen, which UTF8PROC_IGNORE strips.
utf8proc_int32_t HideApostrophe(utf8proc_int32_t code_point, void*) {
  constexpr utf8proc_int32_t kSoftHyphen = 0x00AD;
  const bool apostrophe = code_point == '\'' || code_point == 0x2019 || code_point == 0x02BC;
  return apostrophe ? kSoftHyphen : code_point;
}

}  // namespace

absl::string_view Normalizer::Normalize(absl::string_view run) {
  size_t size = 0;
  bool ascii = run.size() <= ascii_.size();
  for (size_t i = 0; ascii && i < run.size(); ++i) {
    ascii = static_cast<unsigned char>(run[i]) < 0x80;
    if (run[i] != '\'') ascii_[size++] = absl::ascii_tolower(static_cast<unsigned char>(run[i]));
  }
  if (ascii) return absl::string_view(ascii_.data(), size);

  const auto capacity = static_cast<utf8proc_ssize_t>(code_points_.size() - 1);
  const utf8proc_ssize_t count = utf8proc_decompose_custom(
      reinterpret_cast<const utf8proc_uint8_t*>(run.data()), static_cast<utf8proc_ssize_t>(run.size()),
      code_points_.data(), capacity, kFold, HideApostrophe, nullptr);
  if (count <= 0 || count > capacity) return absl::string_view();
  const utf8proc_ssize_t bytes = utf8proc_reencode(code_points_.data(), count, kFold);
  if (bytes <= 0) return absl::string_view();
  return absl::string_view(reinterpret_cast<const char*>(code_points_.data()), static_cast<size_t>(bytes));
}

}  // namespace staffroom::embeddings
