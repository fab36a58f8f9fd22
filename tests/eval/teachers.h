#ifndef STAFFROOM_TESTS_EVAL_TEACHERS_H_
#define STAFFROOM_TESTS_EVAL_TEACHERS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"

namespace staffroom {

struct TeachersOptions {
  std::string posts;        // the file of posts
  std::string server;       // HOST:PORT of an empty server; empty: one of our own for each seed
  uint64_t first_seed = 1;  // 1 to 5 are those that are reported: tune on others, from 101 on
  int seeds = 5;            // with `server` 1 is run, whatever this says
};

// Asks the server, as a client would, whom each teacher should meet whose one conversation was taken out of what the server
// was told, and prints how often the answer was among the first 10: `recall@10`, beside `popularity.recall@10`, as means over
// the seeds, and how many `askers` there are.
absl::Status EvaluateTeachers(const TeachersOptions& options);

// Writes what the server would be told, with nothing held back, as JSON Lines that `staffroom import` reads.
absl::Status ConvertTeachersFile(const std::string& posts, const std::string& out);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_EVAL_TEACHERS_H_
