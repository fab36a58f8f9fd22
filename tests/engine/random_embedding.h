#ifndef STAFFROOM_TESTS_ENGINE_RANDOM_EMBEDDING_H_
#define STAFFROOM_TESTS_ENGINE_RANDOM_EMBEDDING_H_

#include <cstdint>
#include <random>
#include <string>

#include "service/engine/record_merge.h"
#include "service/engine/text_fingerprint.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"

namespace staffroom {

// Random mutations of the work that has one model take over from another, right ones and wrong ones, over what RandomJournal
// writes.
class RandomEmbedding {
 public:
  explicit RandomEmbedding(uint32_t seed) : random_(seed) {}

  // `snapshot`, `models`: as they stand before it.
  storage::Mutation Next(const storage::Snapshot& snapshot, const storage::Models& models) {
    storage::Mutation mutation;
    switch (Below(12)) {
      case 0:
        mutation.mutable_model_installed()->set_model_id(Below(4) == 0 ? Model() : models.coming);
        mutation.mutable_model_installed()->set_operation(Operation(models));
        if (models.serving.empty()) {
          mutation.mutable_model_installed()->set_model_id("test");
          mutation.mutable_model_installed()->set_operation(0);
        }
        return mutation;
      case 1:
      case 2:
        mutation.mutable_begin_embedding()->set_model_id(Model());
        mutation.mutable_begin_embedding()->set_outdated_only(Below(2) == 0);
        mutation.mutable_begin_embedding()->set_may_switch(Below(4) != 0);
        return mutation;
      case 3:
        if (Below(2) != 0) break;
        mutation.mutable_end_embedding()->set_operation(Operation(models));
        mutation.mutable_end_embedding()->set_state(Below(2) == 0 ? storage::OPERATION_CANCELLED
                                                                  : storage::OPERATION_FAILED);
        mutation.mutable_end_embedding()->set_done(Below(9));
        return mutation;
      case 4:
      case 5:
        for (uint32_t i = Below(4); i > 0; --i) {
          mutation.mutable_drop_vectors()->add_items()->set_kind(Kind());
          mutation.mutable_drop_vectors()->mutable_items()->rbegin()->set_ordinal(1 + Below(20));
        }
        mutation.mutable_drop_vectors()->set_last(Below(4) == 0);
        return mutation;
      default:
        break;
    }
    mutation.mutable_vectors_computed()->set_operation(Operation(models));
    for (uint32_t i = Below(5); i > 0; --i) AddItem(snapshot, models, mutation.mutable_vectors_computed());
    return mutation;
  }

 private:
  uint32_t Below(uint32_t bound) { return random_() % bound; }
  std::string Model() {
    static constexpr const char* kModels[] = {"test", "next", "third"};
    return kModels[Below(3)];
  }
  storage::ItemKind Kind() { return static_cast<storage::ItemKind>(1 + Below(3)); }
  uint64_t Operation(const storage::Models& models) { return Below(8) == 0 ? Below(100) : models.operation; }

  void AddItem(const storage::Snapshot& snapshot, const storage::Models& models,
               storage::Mutation::VectorsComputed* computed) {
    storage::Mutation::ComputedItem* const item = computed->add_items();
    item->set_kind(Kind());
    item->set_ordinal(1 + Below(20));
    for (const storage::TextField field : TextFieldsOf(item->kind())) {
      const float values[] = {static_cast<float>(Below(3)), 1.0f, static_cast<float>(Below(3)), 0.0f};
      storage::Mutation::ComputedVector* const vector = item->add_vectors();
      vector->mutable_vector()->set_field(field);
      vector->mutable_vector()->set_model_id(Below(8) == 0 ? Model() : models.coming);
      vector->mutable_vector()->set_values(reinterpret_cast<const char*>(values), sizeof(values));
      vector->set_text_fingerprint(Below(8) == 0 ? Below(2) : Fingerprint(snapshot, *item, field));
    }
  }
  static uint64_t Fingerprint(const storage::Snapshot& snapshot, const storage::Mutation::ComputedItem& item,
                              storage::TextField field) {
    const auto of = [field](const auto& record) {
      return record.ok() && record->has_value() ? TextFingerprint(**record, field) : uint64_t{0};
    };
    switch (item.kind()) {
      case storage::ITEM_ACCOUNT:
        return of(storage::GetAccount(snapshot, item.ordinal()));
      case storage::ITEM_POST:
        return of(storage::GetPost(snapshot, item.ordinal()));
      default:
        return of(storage::GetResource(snapshot, item.ordinal()));
    }
  }

  std::mt19937 random_;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_ENGINE_RANDOM_EMBEDDING_H_
