#include "storage/key_range.h"

#include "storage/big_endian.h"

namespace staffroom::storage {
namespace {

std::string ItemPrefix(const Item& item) {
  std::string prefix;
  AppendBigEndian(&prefix, static_cast<uint8_t>(item.kind));
  AppendBigEndian(&prefix, item.ordinal);
  return prefix;
}

}  // namespace

std::string PrefixSuccessor(absl::string_view prefix) {
  while (!prefix.empty() && static_cast<uint8_t>(prefix.back()) == 0xff) prefix.remove_suffix(1);
  std::string successor(prefix);
  if (!successor.empty()) ++successor.back();
  return successor;
}

KeyRange PrefixRange(absl::string_view prefix) { return {std::string(prefix), PrefixSuccessor(prefix)}; }

KeyRange IdsAfter(ItemKind kind, absl::string_view id) {
  // With a zero byte it is the least key above IdKey(kind, id); no id is empty, so the first of a kind is not missed.
  return {IdKey(kind, id) + '\0', PrefixSuccessor(IdKey(kind, ""))};
}

KeyRange PostsOfAuthor(uint32_t author) { return PrefixRange(OrdinalKey(author)); }

KeyRange EdgesOfActor(uint32_t actor) { return PrefixRange(OrdinalKey(actor)); }

KeyRange EdgesToTarget(const Item& target) { return PrefixRange(ItemPrefix(target)); }

KeyRange EdgesToTargetOfKind(const Item& target, InteractionKind kind) {
  std::string prefix = ItemPrefix(target);
  AppendBigEndian(&prefix, static_cast<uint8_t>(kind));
  return PrefixRange(prefix);
}

KeyRange EventsOfActor(uint32_t actor) { return PrefixRange(OrdinalKey(actor)); }

KeyRange EventsToTarget(const Item& target) { return PrefixRange(ItemPrefix(target)); }

KeyRange VectorsOfItem(const Item& item) { return PrefixRange(ItemPrefix(item)); }

KeyRange VectorsAfterItem(const Item& item) { return {PrefixSuccessor(ItemPrefix(item)), ""}; }

KeyRange ErasedIdsAfter(absl::string_view key) {
  KeyRange range;
  if (!key.empty()) range.first = std::string(key) + '\0';  // the least key above it
  return range;
}

KeyRange RequestsBefore(int64_t mutation_time) {
  KeyRange range;
  AppendBigEndian(&range.past_last, static_cast<uint64_t>(mutation_time));
  return range;
}

size_t ScanPrefixBytes(Family family) {
  switch (family) {
    case Family::kPostsByAuthor:
    case Family::kEdges:
    case Family::kEvents:
      return 4;  // an account's ordinal
    case Family::kEdgesByTarget:
    case Family::kEventsByTarget:
    case Family::kVectors:
      return 5;  // an item
    case Family::kMeta:
    case Family::kIds:
    case Family::kAccounts:
    case Family::kPosts:
    case Family::kResources:
    case Family::kIdempotency:
    case Family::kIdempotencyByTime:
    case Family::kErasedIds:
    case Family::kPurges:
    case Family::kOperations:
      return 0;
  }
  return 0;
}

}  // namespace staffroom::storage
