// A program of its own, because it replaces operator new for the whole of it.
#include <atomic>
#include <cstdlib>
#include <new>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/embeddings/encoder/static_encoding.h"

namespace {

std::atomic<int> allocations{0};

}  // namespace

void* operator new(size_t size) {
  ++allocations;
  if (void* const memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }

namespace staffroom::embeddings {
namespace {

TEST(StaticEncoderAllocation, IsNoneForATextThatTheModelKnows) {
  const StaticEncoding model(
      DrawPieces({"teach", "##er", "##s", "cafés", "ngss", "chat", "#ngsschat", "👍", "ﬁ", "field"}));
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "Teachers’ CAFÉS #NGSSchat 👍🏽 &amp; ﬁeld @name https://example.org 数 ";
  std::vector<float> out(kDimensions);
  const int before = allocations;
  model.encoder().Encode(text, TextKind::kProse, absl::MakeSpan(out));
  EXPECT_EQ(allocations, before);
  EXPECT_GT(std::vector<float>(10, 1.0f).size(), 0u);
  EXPECT_GT(allocations, before) << "allocations are not counted";
}

}  // namespace
}  // namespace staffroom::embeddings
