#ifndef STAFFROOM_SERVICE_EMBEDDING_TEXT_VECTORS_H_
#define STAFFROOM_SERVICE_EMBEDDING_TEXT_VECTORS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "embeddings/encoder/encoder.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "storage/records.pb.h"
#include "storage/store.h"

namespace staffroom {

// One text of an item, as it is encoded.
struct ItemText {
  storage::TextField field;
  std::string text;
  embeddings::TextKind kind;
};

// Every text of an item that is not empty.
std::vector<ItemText> TextsOf(const storage::AccountRecord& record);
std::vector<ItemText> TextsOf(const storage::PostRecord& record);
std::vector<ItemText> TextsOf(const storage::ResourceRecord& record);

// The encoder's vector as it is stored; empty for a text without a word.
std::string EncodedValues(const embeddings::Encoder& encoder, const ItemText& text);

// Adds to an upsert the vectors of each text that it writes, one of each encoder (at most two): encoded here, before it is
// submitted, so that a slow encoder never stops writes, and field by field, so that a partial update needs no merged text. A
// text without a word has no vector.
//
// An account that says profiling OFF gets none. Where a mask turns profiling on, all of the account's texts get one, those that
// the mask leaves alone read from `store`: they had none while it was off. (Should another write change such a text in the same
// moment, its vector follows with the next write of that text.) Errors are the store's.
absl::Status AddVectors(absl::Span<const embeddings::Encoder* const> encoders, const storage::Store& store,
                        storage::Mutation* mutation);

// The one text that a list of words is encoded as (TextKind::kKeywords).
std::string JoinWords(const google::protobuf::RepeatedPtrField<std::string>& words);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_EMBEDDING_TEXT_VECTORS_H_
