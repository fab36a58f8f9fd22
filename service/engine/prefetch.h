#ifndef STAFFROOM_SERVICE_ENGINE_PREFETCH_H_
#define STAFFROOM_SERVICE_ENGINE_PREFETCH_H_

#include <vector>

#include "service/engine/view.h"
#include "storage/records.pb.h"
#include "storage/store.h"

namespace staffroom {

// Appends the keys of the records that deciding `mutation` will most likely read. A guess: what it misses is read singly,
// what it adds in vain costs a lookup that a Bloom filter answers.
void AddKeysOf(const storage::Mutation& mutation, const DecisionReader& reader, std::vector<storage::FamilyKey>* keys);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_ENGINE_PREFETCH_H_
