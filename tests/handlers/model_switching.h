// Services on one store that are started with one encoder after another, and what is then in the store.
#ifndef STAFFROOM_TESTS_HANDLERS_MODEL_SWITCHING_H_
#define STAFFROOM_TESTS_HANDLERS_MODEL_SWITCHING_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "embeddings/encoder/encoder.h"
#include "service/embedding/item_pages.h"
#include "service/embedding/text_vectors.h"
#include "storage/memory_store.h"
#include "storage/record_io.h"
#include "tests/handlers/random_requests.h"
#include "tests/handlers/service_under_test.h"
#include "tests/support/status_matchers.h"
#include "tests/support/word_encoder.h"

namespace staffroom {

inline const std::atomic<bool> kNever{false};

inline std::unique_ptr<WordEncoder> NewEncoder(absl::string_view model_id) {
  const size_t letters = model_id == "old" ? 2 : model_id == "new" ? 20 : 1;
  return std::make_unique<WordEncoder>(std::string(model_id), letters);
}

inline ServiceUnderTest::Setup SetupOf(absl::string_view model_id, storage::Store* memory = nullptr) {
  ServiceUnderTest::Setup setup;
  setup.encoder = NewEncoder(model_id);
  setup.former_encoders = [](absl::string_view former) { return NewEncoder(former); };
  setup.memory = memory;
  setup.begins_embedding = true;
  return setup;
}

inline void Send(absl::Span<const Request> requests, absl::Span<ServiceUnderTest* const> services) {
  for (const Request& request : requests) {
    for (ServiceUnderTest* service : services) request.send(*service);
  }
}

// Every vector that is stored.
inline std::map<std::string, std::string> VectorBytes(const storage::Store& store) {
  std::map<std::string, std::string> bytes;
  const auto snapshot = store.TakeSnapshot();
  for (const auto it = snapshot->Scan(storage::Family::kVectors, "", ""); it->Valid(); it->Next()) {
    bytes[std::string(it->key())] = std::string(it->value());
  }
  return bytes;
}

inline storage::Models ModelsOf(const storage::Store& store) {
  return storage::GetMeta(*store.TakeSnapshot())->value_or(storage::Meta()).models;
}

// Every vector in the store is what `encoder` makes of the text as it stands, and no text lacks its own.
inline void ExpectOnlyVectorsOf(const embeddings::Encoder& encoder, const storage::Store& store) {
  const auto snapshot = store.TakeSnapshot();
  const storage::Meta meta = **storage::GetMeta(*snapshot);
  size_t expected = 0;
  for (const auto& [kind, next] :
       {std::make_pair(storage::ITEM_ACCOUNT, meta.next_account), std::make_pair(storage::ITEM_POST, meta.next_post),
        std::make_pair(storage::ITEM_RESOURCE, meta.next_resource)}) {
    const auto items = ReadItemsToEmbed(*snapshot, kind, 1, next - 1, encoder.model_id());
    ASSERT_THAT(items, IsOk());
    for (const ItemToEmbed& item : *items) {
      for (const ItemToEmbed::Text& text : item.texts) {
        const std::string values = EncodedValues(encoder, text.text);
        if (values.empty()) continue;
        ++expected;
        const auto vector = storage::GetVector(*snapshot, {item.item, text.text.field});
        ASSERT_TRUE(vector.ok() && vector->has_value()) << text.text.text;
        EXPECT_EQ(storage::ValuesOf(**vector, encoder.model_id()), values) << text.text.text;
        EXPECT_FALSE((*vector)->has_other());
      }
    }
  }
  EXPECT_EQ(VectorBytes(store).size(), expected);
}

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_HANDLERS_MODEL_SWITCHING_H_
