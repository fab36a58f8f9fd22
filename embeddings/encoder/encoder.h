// Text → vector. An Encoder turns a post, a biography, a title or a list of interests into a vector
// whose cosine with another says how alike the two texts are.
//
// The service stores vectors beside the model id that made them, replays journals and compares replicas, so
// an encoder is a pure function: the same text, kind and model id give the same bytes on every machine.
#ifndef STAFFROOM_EMBEDDINGS_ENCODER_ENCODER_H_
#define STAFFROOM_EMBEDDINGS_ENCODER_ENCODER_H_

#include <memory>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace staffroom::embeddings {

// Length of every vector of the service.
inline constexpr int kDimensions = 256;

enum class TextKind {
  kProse,     // posts, biographies, summaries: word order and common words carry little
  kKeywords,  // interests, tags, subjects: a few words, every one meant
  kTitle,     // titles of resources and names of courses
};

// Thread-safe: an encoder is immutable after construction.
class Encoder {
 public:
  virtual ~Encoder() = default;

  // Names the function this encoder computes, e.g. "hashing-256-v1". Changes whenever any output byte may.
  virtual absl::string_view model_id() const = 0;

  virtual int dimensions() const = 0;

  // Writes a vector of Euclidean norm 1 to `out`, or all zeros when the text holds no token (empty,
  // punctuation only, nothing but links). Never fails: bytes that are not UTF-8 separate words.
  // Requires out.size() == dimensions().
  virtual void Encode(absl::string_view text, TextKind kind, absl::Span<float> out) const = 0;

  // Encodes texts[i] into row i of `out` (row-major); each row equals what Encode gives.
  // Requires out.size() == texts.size() * dimensions().
  virtual void EncodeBatch(absl::Span<const absl::string_view> texts, TextKind kind, absl::Span<float> out) const;
};

// The encoder that needs no model file: feature hashing of words, word pairs and character n-grams.
std::unique_ptr<Encoder> NewHashingEncoder();

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_ENCODER_ENCODER_H_
