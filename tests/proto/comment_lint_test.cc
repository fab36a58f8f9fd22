#include "tests/proto/comment_lint.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/proto/compile_proto.h"

namespace staffroom {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// Lints one file whose first line is the package; `declarations` begin in its second line.
std::vector<std::string> Lint(const std::string& declarations) {
  return LintComments(CompileProto("syntax = \"proto3\"; package school;\n" + declarations), "school");
}

TEST(CommentLint, AcceptsWhatSaysMoreThanTheName) {
  EXPECT_THAT(Lint("// Whoever teaches or publishes.\n"
                   "message Account {\n"
                   "  // Required, 1 to 128 bytes.\n"
                   "  string id = 1;\n"
                   "  int32 age = 2;  // Full years, never negative.\n"
                   "}\n"),
              IsEmpty());
}

TEST(CommentLint, NamesFileLineAndElementOfAMissingComment) {
  EXPECT_THAT(Lint("// Whoever teaches or publishes.\n"
                   "message Account {\n"
                   "  string id = 1;\n"
                   "}\n"),
              ElementsAre("small.proto:4: school.Account.id: no comment"));
}

TEST(CommentLint, LooksIntoEveryKindOfElement) {
  EXPECT_THAT(Lint("service Catalog {\n"
                   "  rpc Get(A) returns (A);\n"
                   "}\n"
                   "message A {\n"
                   "  oneof target {\n"
                   "    string x = 1;\n"
                   "  }\n"
                   "  message Inner {}\n"
                   "  enum Kind {\n"
                   "    UNSPECIFIED = 0;\n"
                   "  }\n"
                   "}\n"),
              ElementsAre(StartsWith("small.proto:2: school.Catalog: no comment"),
                          StartsWith("small.proto:3: school.Catalog.Get: no comment"),
                          StartsWith("small.proto:3: school.Catalog.Get: the comment does not list"),
                          StartsWith("small.proto:5: school.A: no comment"),
                          StartsWith("small.proto:7: school.A.x: no comment"),
                          StartsWith("small.proto:6: school.A.target: no comment"),
                          StartsWith("small.proto:10: school.A.Kind: no comment"),
                          StartsWith("small.proto:11: school.A.Kind.UNSPECIFIED: no comment"),
                          StartsWith("small.proto:9: school.A.Inner: no comment")));
}

TEST(CommentLint, RefusesACommentThatOnlyRepeatsTheName) {
  EXPECT_THAT(Lint("// The follower counts of the account.\n"
                   "message AccountFollowerCount {}\n"),
              ElementsAre(StartsWith("small.proto:3: school.AccountFollowerCount: the comment says no")));
}

TEST(CommentLint, CountsNeitherFillerNorPluralsAsNewWords) {
  EXPECT_THAT(Lint("// This is the list of accounts, for it.\n"
                   "message Account {}\n"),
              ElementsAre(StartsWith("small.proto:3: school.Account: the comment says no more")));
}

TEST(CommentLint, AsksOfAnRpcThatItsErrorsAreListed) {
  EXPECT_THAT(Lint("// Keeps teachers and schools.\n"
                   "service Catalog {\n"
                   "  // Reads exactly one teacher.\n"
                   "  rpc Get(A) returns (A);\n"
                   "}\n"
                   "// Carries nothing at all.\n"
                   "message A {}\n"),
              ElementsAre(StartsWith("small.proto:5: school.Catalog.Get: the comment does not list")));
}

TEST(CommentLint, RefusesANameInCapitalsThatNoEnumDeclares) {
  EXPECT_THAT(Lint("// Answers TEACHER_NOT_FOUND, never PUPIL_NOT_FOUND.\n"
                   "message Answer {\n"
                   "  // Why nothing was done.\n"
                   "  enum Reason {\n"
                   "    // Nobody has this id.\n"
                   "    TEACHER_NOT_FOUND = 0;\n"
                   "  }\n"
                   "}\n"),
              ElementsAre("small.proto:3: school.Answer: the comment names PUPIL_NOT_FOUND, which "
                          "is no enum value of the contract"));
}

TEST(CommentLint, LeavesTheOneofBehindAnOptionalFieldAlone) {
  EXPECT_THAT(Lint("// Whoever teaches or publishes.\n"
                   "message Account {\n"
                   "  // Checked by the platform; default false.\n"
                   "  optional bool verified = 1;\n"
                   "}\n"),
              IsEmpty());
}

TEST(CommentLint, LeavesOtherPackagesAlone) {
  EXPECT_THAT(LintComments(CompileProto("syntax = \"proto3\"; package other; message A {}"), "school"), IsEmpty());
}

}  // namespace
}  // namespace staffroom
