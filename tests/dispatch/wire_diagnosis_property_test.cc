#include <cstddef>
#include <random>
#include <string>

#include "absl/strings/escaping.h"
#include "google/protobuf/stubs/logging.h"
#include "gtest/gtest.h"
#include "service/dispatch/wire_diagnosis.h"
#include "tests/dispatch/testing.pb.h"

// The diagnosis and protobuf's parser must agree on every string of bytes: what the one refuses, the other explains, and what
// the one takes, the other finds nothing in. Random bytes are refused at once, so valid messages are made and then damaged.
namespace staffroom {
namespace {

using testing::Badge;
using testing::Parcel;

class Maker {
 public:
  explicit Maker(uint32_t seed) : random_(seed) {}

  size_t Below(size_t bound) { return std::uniform_int_distribution<size_t>(0, bound - 1)(random_); }

  std::string Text() {
    static constexpr const char* kTexts[] = {"", "a", "fractions", "\xC3\xA9t\xC3\xA9", "\xF0\x9F\x8D\x8E"};
    return kTexts[Below(5)];
  }

  Badge MakeBadge() {
    Badge badge;
    badge.set_label(Text());
    badge.set_seal(Text());
    for (size_t note = Below(3); note > 0; --note) badge.add_notes(Text());
    return badge;
  }

  Parcel MakeParcel(int depth) {
    Parcel parcel;
    parcel.set_text(Text());
    parcel.set_number(static_cast<int64_t>(random_()) << Below(32));
    parcel.set_code(random_());
    for (size_t count = Below(5); count > 0; --count) parcel.add_counts(static_cast<int>(random_()));
    for (size_t word = Below(3); word > 0; --word) parcel.add_words(Text());
    for (size_t stamp = Below(3); stamp > 0; --stamp) parcel.add_stamps(random_());
    *parcel.mutable_badge() = MakeBadge();
    (*parcel.mutable_badge_of())[Text()] = MakeBadge();
    if (depth > 0) *parcel.mutable_inner() = MakeParcel(depth - 1);
    return parcel;
  }

  // One damage: a byte set, a bit flipped, bytes cut, doubled or thrown in.
  void Damage(std::string& bytes) {
    if (bytes.empty()) return;
    const size_t at = Below(bytes.size());
    switch (Below(6)) {
      case 0:
        bytes[at] = static_cast<char>(Below(256));
        break;
      case 1:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << Below(8)));
        break;
      case 2:
        bytes.resize(at);
        break;
      case 3:
        bytes.insert(at, bytes.substr(Below(bytes.size()), Below(12)));
        break;
      case 4:
        bytes.erase(at, 1 + Below(4));
        break;
      default:
        bytes.insert(at, 1 + Below(11), static_cast<char>(0x80 + Below(128)));
    }
  }

 private:
  std::mt19937 random_;
};

TEST(WireDiagnosisProperty, ExplainsExactlyWhatTheParserRefuses) {
  google::protobuf::LogSilencer silence;
  Maker maker(20'260'101);
  int refused = 0;
  int invalid_utf8 = 0;
  for (int round = 0; round < 30'000; ++round) {
    std::string bytes = maker.MakeParcel(static_cast<int>(maker.Below(3))).SerializeAsString();
    for (size_t damages = maker.Below(4); damages > 0; --damages) maker.Damage(bytes);
    const bool parses = Parcel().ParseFromString(bytes);
    const absl::optional<WireError> error = FindWireError(*Parcel::descriptor(), bytes);
    ASSERT_EQ(error.has_value(), !parses) << "round " << round << ": " << absl::CHexEscape(bytes)
                                          << "\nsaid: " << (error.has_value() ? error->description : "nothing");
    if (parses) continue;
    ++refused;
    invalid_utf8 += error->invalid_utf8 ? 1 : 0;
    ASSERT_FALSE(error->description.empty());
    ASSERT_LE(error->offset, bytes.size());
  }
  EXPECT_GT(refused, 5'000) << "the damage is too gentle to prove anything";
  EXPECT_GT(invalid_utf8, 100);
}

TEST(WireDiagnosisProperty, EveryCutOfAMessageIsExplained) {
  google::protobuf::LogSilencer silence;
  const std::string bytes = Maker(7).MakeParcel(2).SerializeAsString();
  for (size_t length = 0; length < bytes.size(); ++length) {
    const std::string cut = bytes.substr(0, length);
    EXPECT_EQ(FindWireError(*Parcel::descriptor(), cut).has_value(), !Parcel().ParseFromString(cut)) << length;
  }
}

}  // namespace
}  // namespace staffroom
