#include "service/handlers/page_resume.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/message.h"
#include "service/converters/request_identity.h"
#include "service/recommend/answer.h"
#include "service/recommend/item.h"
#include "service/tokens/fingerprint.h"
#include "service/tokens/page_token.h"
#include "storage/records.pb.h"

namespace staffroom {

PageToken ToPageToken(const PageScope& scope, storage::ItemKind kind, const Answer& answer) {
  PageToken token;
  token.scope = scope;
  token.is_fallback = answer.is_fallback;
  token.entries.reserve(answer.remaining.size());
  for (const Remaining& remaining : answer.remaining) {
    PageEntry& entry = token.entries.emplace_back();
    entry.item_kind = static_cast<uint8_t>(kind);
    entry.ordinal = remaining.ordinal;
    entry.score = remaining.score;
    entry.source_bits = remaining.sources;
    for (const Item item : remaining.evidence) {
      if (item) entry.evidence.push_back({static_cast<uint8_t>(item.kind), item.ordinal});
    }
  }
  return token;
}

std::vector<Remaining> ToRemaining(const PageToken& token) {
  std::vector<Remaining> list;
  list.reserve(token.entries.size());
  for (const PageEntry& entry : token.entries) {
    Remaining remaining;
    remaining.ordinal = entry.ordinal;
    remaining.score = entry.score;
    remaining.sources = entry.source_bits;
    size_t kept = 0;
    for (const TokenEvidence& piece : entry.evidence) {
      if (kept == remaining.evidence.size()) break;
      remaining.evidence[kept++] = Item(static_cast<storage::ItemKind>(piece.item_kind), piece.ordinal);
    }
    list.push_back(remaining);
  }
  return list;
}

uint64_t MessageHash(const google::protobuf::Message& message) {
  return Fingerprint(absl::StrCat(message.GetDescriptor()->full_name(), "\n", DeterministicBytes(message)));
}

}  // namespace staffroom
