// staffroom_eval: how good the recommendations are, measured through the API on data that the server was not shown whole; and
// how good the vectors of texts are that they stand on.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "tests/eval/embeddings.h"
#include "tests/eval/teachers.h"

// Beside the source tree, where research data may not be committed.
constexpr char kDefaultPosts[] = STAFFROOM_DATA_DIR "/teachers/ngsschat_posts.jsonl.gz";

ABSL_FLAG(std::string, posts, "",
          "Posts of teachers as JSON Lines (id, author, created_at, text, conversation, reply_to), plain or gzip; "
          "teachers, convert: default those of the data folder beside this tree.");
ABSL_FLAG(std::string, out, "", "convert: the file to write, JSON Lines for `staffroom import`.");
ABSL_FLAG(std::string, server, "", "teachers: HOST:PORT of an empty server; default: a staffroomd of its own a seed.");
ABSL_FLAG(uint64_t, seed, 1, "teachers: the first seed. 1 to 5 are reported, so tune on others: from 101 on.");
ABSL_FLAG(int, seeds, 5, "teachers: how many seeds; 1 with --server.");
ABSL_FLAG(std::string, sts, "", "embeddings: sentence pairs as TSV (score, a, b), plain or gzip.");
ABSL_FLAG(std::string, corpus, "", "embeddings: documents as JSON Lines (_id or id, title, text), plain or gzip.");
ABSL_FLAG(std::string, queries, "", "embeddings: questions to the documents as TSV (id, text), plain or gzip.");
ABSL_FLAG(std::string, qrels, "", "embeddings: judgements as TSV (query, document, relevance), plain or gzip.");
ABSL_FLAG(std::string, encoder, "static", "embeddings: static or hashing.");
ABSL_FLAG(std::string, model, "", "embeddings: the static encoder's model file; default: the one that is shipped.");
ABSL_FLAG(int, dimensions, 256, "embeddings: 256, 128 or 64; vectors are cut and normalised again.");

namespace staffroom {
namespace {

constexpr absl::string_view kUsage =
    "Measures recommendations against held-back data, and vectors of texts against what people said of them.\n"
    "  staffroom_eval teachers [--posts=FILE] [--server=HOST:PORT] [--seed=N] [--seeds=N]\n"
    "  staffroom_eval convert --posts=FILE --out=FILE.jsonl\n"
    "  staffroom_eval embeddings [--encoder=static|hashing] [--model=FILE] [--dimensions=N] [--sts=FILE]\n"
    "                            [--corpus=FILE --queries=FILE --qrels=FILE] [--posts=FILE]";

std::string PostsOfTeachers() {
  const std::string given = absl::GetFlag(FLAGS_posts);
  return given.empty() ? kDefaultPosts : given;
}

absl::Status Run(absl::string_view command) {
  if (command == "teachers") {
    return EvaluateTeachers(
        {PostsOfTeachers(), absl::GetFlag(FLAGS_server), absl::GetFlag(FLAGS_seed), absl::GetFlag(FLAGS_seeds)});
  }
  if (command == "convert" && !absl::GetFlag(FLAGS_out).empty()) {
    return ConvertTeachersFile(PostsOfTeachers(), absl::GetFlag(FLAGS_out));
  }
  if (command == "embeddings") {
    return EvaluateEmbeddings({.encoder = absl::GetFlag(FLAGS_encoder),
                               .model = absl::GetFlag(FLAGS_model),
                               .dimensions = absl::GetFlag(FLAGS_dimensions),
                               .sentence_pairs = absl::GetFlag(FLAGS_sts),
                               .documents = absl::GetFlag(FLAGS_corpus),
                               .queries = absl::GetFlag(FLAGS_queries),
                               .judgements = absl::GetFlag(FLAGS_qrels),
                               .posts = absl::GetFlag(FLAGS_posts)});
  }
  return absl::InvalidArgumentError(kUsage);
}

// The data is not ours to distribute: whoever lacks the default file has missed nothing but the measure.
bool LacksData(absl::string_view command) {
  std::error_code ignored;
  return command != "embeddings" && PostsOfTeachers() == kDefaultPosts &&
         !std::filesystem::exists(kDefaultPosts, ignored);
}

}  // namespace
}  // namespace staffroom

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(staffroom::kUsage);
  const std::vector<char*> arguments = absl::ParseCommandLine(argc, argv);
  if (arguments.size() == 2 && staffroom::LacksData(arguments[1])) {
    std::puts("skipped: no data folder");
    return 0;
  }
  const absl::Status status =
      staffroom::Run(arguments.size() == 2 ? absl::string_view(arguments[1]) : absl::string_view());
  if (status.ok()) return 0;
  std::fprintf(stderr, "staffroom_eval: %s\n", std::string(status.message()).c_str());
  return status.code() == absl::StatusCode::kInvalidArgument ? 2 : 1;
}
