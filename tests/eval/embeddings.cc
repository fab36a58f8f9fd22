#include "tests/eval/embeddings.h"

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "embeddings/encoder/encoder.h"
#include "embeddings/encoder/static_encoder.h"
#include "embeddings/models/shipped_model.h"
#include "tests/eval/embedding_files.h"
#include "tests/eval/embedding_measures.h"
#include "tests/support/figures.h"

namespace staffroom {
namespace {

constexpr size_t kCount = 10;

// The encoder that is measured, and how long it took.
class MeasuredEncoder {
 public:
  MeasuredEncoder(std::unique_ptr<embeddings::Encoder> encoder, int dimensions)
      : encoder_(std::move(encoder)), dimensions_(static_cast<size_t>(dimensions)) {}

  template <typename Item, typename TextOf>
  TextVectors Encode(const std::vector<Item>& items, TextOf text_of) {
    const auto whole = static_cast<size_t>(encoder_->dimensions());
    std::vector<float> rows(items.size() * whole);
    const absl::Time start = absl::Now();
    for (size_t i = 0; i < items.size(); ++i) {
      encoder_->Encode(text_of(items[i]), embeddings::TextKind::kProse, absl::MakeSpan(rows).subspan(i * whole, whole));
    }
    elapsed_ += absl::Now() - start;
    texts_ += items.size();
    return Cut(rows, whole);
  }

  double TextsPerSecond() const { return static_cast<double>(texts_) / absl::ToDoubleSeconds(elapsed_); }

 private:
  // The first dimensions of each row, of norm 1 again unless they are zeros.
  TextVectors Cut(const std::vector<float>& rows, size_t whole) const {
    TextVectors cut{.dimensions = dimensions_, .values = {}};
    cut.values.reserve(rows.size() / whole * dimensions_);
    for (size_t begin = 0; begin < rows.size(); begin += whole) {
      double squares = 0;
      for (size_t i = 0; i < dimensions_; ++i) squares += static_cast<double>(rows[begin + i]) * rows[begin + i];
      const double norm = squares > 0 ? std::sqrt(squares) : 1;
      for (size_t i = 0; i < dimensions_; ++i) cut.values.push_back(static_cast<float>(rows[begin + i] / norm));
    }
    return cut;
  }

  const std::unique_ptr<embeddings::Encoder> encoder_;
  const size_t dimensions_;
  absl::Duration elapsed_;
  size_t texts_ = 0;
};

absl::Status CheckOptions(const EmbeddingsOptions& options) {
  if (options.dimensions != 256 && options.dimensions != 128 && options.dimensions != 64) {
    return absl::InvalidArgumentError("--dimensions is 256, 128 or 64");
  }
  const bool all = !options.documents.empty() && !options.queries.empty() && !options.judgements.empty();
  const bool none = options.documents.empty() && options.queries.empty() && options.judgements.empty();
  if (!all && !none) return absl::InvalidArgumentError("--corpus, --queries and --qrels go together");
  if (none && options.sentence_pairs.empty() && options.posts.empty()) {
    return absl::InvalidArgumentError("nothing to measure on: give --sts, --posts, or --corpus, --queries and --qrels");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<embeddings::Encoder>> MakeEncoder(const EmbeddingsOptions& options) {
  if (options.encoder == "hashing") return embeddings::NewHashingEncoder();
  if (options.encoder != "static") return absl::InvalidArgumentError("--encoder is static or hashing");
  if (!options.model.empty()) return embeddings::NewStaticEncoder(options.model);
  const absl::StatusOr<std::string> shipped = embeddings::FindShippedModel();
  if (!shipped.ok()) return shipped.status();
  return embeddings::NewStaticEncoder(*shipped);
}

absl::Status MeasureSentences(const std::string& path, MeasuredEncoder& encoder, Figures& figures) {
  const absl::StatusOr<std::vector<SentencePair>> pairs = ReadSentencePairs(path);
  if (!pairs.ok()) return pairs.status();
  const TextVectors a = encoder.Encode(*pairs, [](const SentencePair& pair) { return absl::string_view(pair.a); });
  const TextVectors b = encoder.Encode(*pairs, [](const SentencePair& pair) { return absl::string_view(pair.b); });
  std::vector<double> scores;
  std::vector<double> cosines;
  for (size_t i = 0; i < pairs->size(); ++i) {
    scores.push_back((*pairs)[i].score);
    double cosine = 0;
    for (size_t j = 0; j < a.dimensions; ++j) cosine += static_cast<double>(a.row(i)[j]) * b.row(i)[j];
    cosines.push_back(cosine);
  }
  figures.Print("sts_spearman", Spearman(cosines, scores));
  figures.Print("sts_pearson", Pearson(cosines, scores));
  return absl::OkStatus();
}

absl::Status MeasureRetrieval(const EmbeddingsOptions& options, MeasuredEncoder& encoder, Figures& figures) {
  const absl::StatusOr<std::vector<NamedText>> documents = ReadDocuments(options.documents);
  if (!documents.ok()) return documents.status();
  const absl::StatusOr<std::vector<NamedText>> queries = ReadQueries(options.queries);
  if (!queries.ok()) return queries.status();
  const absl::StatusOr<std::vector<Judgement>> judgements = ReadJudgements(options.judgements);
  if (!judgements.ok()) return judgements.status();
  absl::flat_hash_map<std::string, size_t> numbers;
  for (size_t i = 0; i < documents->size(); ++i) numbers.emplace((*documents)[i].id, i);
  absl::flat_hash_map<std::string, absl::flat_hash_map<size_t, double>> relevant;
  for (const Judgement& judgement : *judgements) {
    const auto document = numbers.find(judgement.document);
    if (document == numbers.end() || judgement.relevance <= 0) continue;
    relevant[judgement.query][document->second] = judgement.relevance;
  }
  const auto text_of = [](const NamedText& named) { return absl::string_view(named.text); };
  const TextVectors rows = encoder.Encode(*documents, text_of);
  const TextVectors asked = encoder.Encode(*queries, text_of);
  double sum = 0;
  size_t count = 0;
  for (size_t i = 0; i < queries->size(); ++i) {
    const auto grades = relevant.find((*queries)[i].id);
    if (grades == relevant.end()) continue;
    std::vector<double> found;
    for (size_t document : NearestRows(rows, asked.row(i), kCount)) {
      const auto grade = grades->second.find(document);
      found.push_back(grade == grades->second.end() ? 0 : grade->second);
    }
    std::vector<double> all;
    for (const auto& [document, grade] : grades->second) all.push_back(grade);
    sum += Ndcg(found, std::move(all), kCount);
    ++count;
  }
  if (count == 0) return absl::InvalidArgumentError(absl::StrCat(options.judgements, ": judges none of the queries"));
  figures.Print("ndcg@10_dense", sum / static_cast<double>(count));
  return absl::OkStatus();
}

absl::Status MeasureConversations(const std::string& path, MeasuredEncoder& encoder, Figures& figures) {
  const absl::StatusOr<std::vector<ConversationPost>> posts = ReadConversationPosts(path);
  if (!posts.ok()) return posts.status();
  const TextVectors rows =
      encoder.Encode(*posts, [](const ConversationPost& post) { return absl::string_view(post.text); });
  std::vector<std::string> conversations;
  for (const ConversationPost& post : *posts) conversations.push_back(post.conversation);
  figures.Print("conversation_hit@10", ConversationHits(rows, conversations, kCount));
  return absl::OkStatus();
}

}  // namespace

absl::Status EvaluateEmbeddings(const EmbeddingsOptions& options) {
  if (absl::Status options_are = CheckOptions(options); !options_are.ok()) return options_are;
  absl::StatusOr<std::unique_ptr<embeddings::Encoder>> made = MakeEncoder(options);
  if (!made.ok()) return made.status();
  std::fprintf(stderr, "encoder %s, %d dimensions\n", std::string((*made)->model_id()).c_str(), options.dimensions);
  MeasuredEncoder encoder(*std::move(made), options.dimensions);
  Figures figures;
  absl::Status measured;
  if (!options.sentence_pairs.empty()) measured = MeasureSentences(options.sentence_pairs, encoder, figures);
  if (measured.ok() && !options.documents.empty()) measured = MeasureRetrieval(options, encoder, figures);
  if (measured.ok() && !options.posts.empty()) measured = MeasureConversations(options.posts, encoder, figures);
  if (measured.ok()) figures.Print("texts_per_second", encoder.TextsPerSecond());
  return measured;
}

}  // namespace staffroom
