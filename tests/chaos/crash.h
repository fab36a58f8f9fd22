#ifndef STAFFROOM_TESTS_CHAOS_CRASH_H_
#define STAFFROOM_TESTS_CHAOS_CRASH_H_

#include <cstdint>

#include "absl/status/statusor.h"

namespace staffroom {

struct CrashOptions {
  int cycles = 20;
  uint64_t seed = 1;  // of what is written and when the server is killed; the threads' race is not in it
  int writers = 16;
};

struct CrashResult {
  int64_t acknowledged = 0;  // writes
  int64_t lost = 0;          // of these, or of what the ledger knows to be gone: not found as it must be
  int64_t torn = 0;          // traces of half a batch
  int64_t sent_again = 0;    // requests without an answer that were sent again, with their request_id, to the next life
  int64_t found_done = 0;    // of these: had been done before the crash, and were not done twice
  int64_t digest_mismatch = 0;  // restarts after which the server's digest was not that of the bytes on the disk
  int serving_again = 0;        // restarts that came to SERVING
  int cycles_with_10_in_flight = 0;
};

// Kills a staffroomd of its own (SIGKILL) at random moments under the writes of several clients, as often as it is told, each
// time on the same data folder, and checks what is on the disk and what the restarted server says:
//   1. a copy of the folder is opened in process: every acknowledged write is there, nothing is torn;
//   2. the server, started on the folder itself, serves again, lists what the clients were promised, and reports the digest
//      that a fresh Load of the copy has, once both have done the purges that were due;
//   3. each client sends what was not answered again: what the disk says was done must answer DUPLICATE, never a second time.
// What is wrong is told on stderr. An error when the server does not start again, or refuses what it should not.
absl::StatusOr<CrashResult> RunCrashes(const CrashOptions& options);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_CHAOS_CRASH_H_
