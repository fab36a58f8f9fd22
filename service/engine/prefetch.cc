#include "service/engine/prefetch.h"

#include <cstdint>
#include <string>
#include <vector>

#include "service/engine/record_merge.h"
#include "service/engine/view.h"
#include "storage/keys.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

storage::Family FamilyOf(storage::ItemKind kind) {
  return kind == storage::ITEM_ACCOUNT ? storage::Family::kAccounts
         : kind == storage::ITEM_POST  ? storage::Family::kPosts
                                       : storage::Family::kResources;
}

void AddItem(storage::ItemKind kind, const std::string& id, const DecisionReader& reader,
             std::vector<storage::FamilyKey>* keys) {
  const uint32_t ordinal = reader.FindOrdinal(kind, id);
  if (ordinal == 0) return;
  keys->push_back({FamilyOf(kind), storage::OrdinalKey(ordinal)});
}

void AddVectors(storage::Item item, std::vector<storage::FamilyKey>* keys) {
  for (const storage::TextField field : TextFieldsOf(item.kind)) {
    keys->push_back({storage::Family::kVectors, storage::VectorKey({item, field})});
  }
}

void AddEdge(const storage::InteractionRecord& given, const std::string& actor_id, const std::string& target_id,
             const DecisionReader& reader, std::vector<storage::FamilyKey>* keys) {
  if (storage::IsEventKind(given.kind())) return;  // an event's key needs its resolved time
  storage::InteractionRecord record = given;
  record.set_actor(reader.FindOrdinal(storage::ITEM_ACCOUNT, actor_id));
  record.set_target(reader.FindOrdinal(record.target_kind(), target_id));
  if (record.actor() == 0 || record.target() == 0) return;
  keys->push_back({storage::Family::kEdges, storage::EdgeKey(storage::EdgeNameOf(record))});
}

}  // namespace

void AddKeysOf(const storage::Mutation& mutation, const DecisionReader& reader, std::vector<storage::FamilyKey>* keys) {
  if (!mutation.request_id().empty()) {
    keys->push_back({storage::Family::kIdempotency,
                     storage::IdempotencyKey({static_cast<uint8_t>(mutation.rpc()), mutation.request_id()})});
  }
  switch (mutation.body_case()) {
    case storage::Mutation::kUpsertAccount:
      AddItem(storage::ITEM_ACCOUNT, mutation.upsert_account().record().id(), reader, keys);
      break;
    case storage::Mutation::kUpsertPost:
      AddItem(storage::ITEM_POST, mutation.upsert_post().record().id(), reader, keys);
      break;
    case storage::Mutation::kUpsertResource:
      AddItem(storage::ITEM_RESOURCE, mutation.upsert_resource().record().id(), reader, keys);
      break;
    case storage::Mutation::kDeleteItem:
      AddItem(mutation.delete_item().kind(), mutation.delete_item().id(), reader, keys);
      break;
    case storage::Mutation::kWriteInteraction: {
      const storage::Mutation::WriteInteraction& body = mutation.write_interaction();
      AddEdge(body.record(), body.actor_id(), body.target_id(), reader, keys);
      break;
    }
    case storage::Mutation::kDeleteInteraction: {
      const storage::Mutation::DeleteInteraction& body = mutation.delete_interaction();
      AddEdge(body.record(), body.actor_id(), body.target_id(), reader, keys);
      break;
    }
    case storage::Mutation::kVectorsComputed:
      for (const storage::Mutation::ComputedItem& item : mutation.vectors_computed().items()) {
        keys->push_back({FamilyOf(item.kind()), storage::OrdinalKey(item.ordinal())});
        AddVectors({item.kind(), item.ordinal()}, keys);
      }
      break;
    case storage::Mutation::kDropVectors:
      for (const storage::Mutation::VectorsOwner& owner : mutation.drop_vectors().items()) {
        AddVectors({owner.kind(), owner.ordinal()}, keys);
      }
      break;
    default:
      break;
  }
}

}  // namespace staffroom
