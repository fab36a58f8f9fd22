#ifndef STAFFROOM_SERVICE_ENGINE_TEXT_FINGERPRINT_H_
#define STAFFROOM_SERVICE_ENGINE_TEXT_FINGERPRINT_H_

#include <cstdint>

#include "storage/records.pb.h"

namespace staffroom {

// Of one text of an item, the same everywhere, 0 when it is empty or the item has no such text: says whether a vector that was
// computed from it still belongs to it.
uint64_t TextFingerprint(const storage::AccountRecord& record, storage::TextField field);
uint64_t TextFingerprint(const storage::PostRecord& record, storage::TextField field);
uint64_t TextFingerprint(const storage::ResourceRecord& record, storage::TextField field);

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_ENGINE_TEXT_FINGERPRINT_H_
