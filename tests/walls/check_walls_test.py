#!/usr/bin/env python3
"""What the walls test must find, each planted in a small tree of its own, and what it must leave in peace."""
import tempfile
import unittest
from pathlib import Path

import check_walls

LIST = """
storage           ->                 # a leaf
proto/staffroom   -> proto/google
service/base      -> proto/google
service/engine    -> service/base storage
service/recommend -> service/base
service/server    -> service storage proto
tests             -> service storage proto
library grpcpp/     -> service/server tests
library .grpc.pb.h  -> service/server tests
"""


class Walls(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.write("tests/walls/allowed_edges.txt", LIST)
        self.write("tests/walls/long_files.txt", "")
        for folder in ("proto", "storage", "service", "service/base", "service/engine", "service/recommend",
                       "service/server", "tests"):
            self.write(f"{folder}/README.md", "")

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def findings(self, *files):
        for path, text in files:
            self.write(path, text)
        return check_walls.check(self.root)

    def assert_one(self, findings, *parts):
        self.assertEqual(len(findings), 1, findings)
        for part in parts:
            self.assertIn(part, findings[0])

    def test_a_tree_that_keeps_the_rules_has_no_findings(self):
        self.assertEqual([], self.findings(
            ("service/engine/engine.cc", '#include "service/engine/engine.h"\n#include "storage/store.h"\n'
                                         '#include <vector>\n#include "absl/status/status.h"\n#include "utf8proc.h"\n'),
            ("service/base/errors.cc", '#include "google/rpc/error_details.pb.h"\n'),
            ("service/server/main.cc", '#include "service/engine/engine.h"\n#include "staffroom/v1/x.grpc.pb.h"\n'),
            ("tests/engine/engine_test.cc", '#include "service/engine/engine.h"\n#include "tests/support/x.h"\n')))

    def test_an_edge_that_is_not_listed_is_named_with_file_line_and_both_folders(self):
        self.assert_one(
            self.findings(("service/recommend/ranker.cc", '#include <vector>\n\n#include "service/engine/engine.h"\n')),
            "service/recommend/ranker.cc:3: error: service/recommend may not include service/engine", "remedy")

    def test_an_upward_edge_is_found(self):
        self.assert_one(self.findings(("storage/store.cc", '#  include "service/base/clock.h"\n')), "storage/store.cc:1")

    def test_nothing_may_include_the_tests(self):
        self.assert_one(self.findings(("service/server/main.cc", '#include "tests/support/fake.h"\n')), "include tests")

    def test_generated_headers_count_as_the_folder_of_their_proto(self):
        self.assert_one(self.findings(("service/engine/engine.cc", '#include "staffroom/v1/account.pb.h"\n')),
                        "service/engine may not include proto/staffroom")
        self.assert_one(self.findings(("service/engine/engine.cc", '#include "google/rpc/status.pb.h"\n')),
                        "service/engine may not include proto/google/rpc")

    def test_imports_of_proto_files_are_edges_too(self):
        self.assert_one(
            self.findings(("storage/records.proto", 'import "google/protobuf/timestamp.proto";\n'
                                                    'import public "staffroom/v1/account.proto";\n')),
            "storage/records.proto:2", "storage may not include proto/staffroom")

    def test_a_folder_whose_name_only_begins_like_an_allowed_one_is_another_folder(self):
        self.assert_one(self.findings(("service/recommend/x.cc", '#include "service/baseline/x.h"\n')), "service/baseline")

    def test_a_folder_in_no_line_of_the_list_is_found(self):
        self.assert_one(self.findings(("service/news/README.md", ""), ("service/news/x.cc", "#include <vector>\n")),
                        "service/news/x.cc:1", "in no line of the list")

    def test_grpc_headers_stay_where_they_are_allowed(self):
        self.assert_one(self.findings(("service/engine/x.h", "#include <grpcpp/grpcpp.h>\n")), "grpcpp", "service/server")
        self.assert_one(self.findings(("service/engine/x.h", ""), ("tests/x.h", "#include <grpcpp/grpcpp.h>\n"),
                                      ("service/base/y.h", '#include "grpc/health/v1/health.grpc.pb.h"\n'))[:1],
                        "service/base may not include grpc/health/v1/health.grpc.pb.h")

    def test_a_header_is_included_from_the_root(self):
        self.write("service/engine/engine.h", "")
        self.write("service/base/clock.h", "")
        for header in ("engine.h", "../base/clock.h"):
            self.assert_one(self.findings(("service/engine/x.cc", f'#include "{header}"\n')), "not a path from the root")

    def test_a_file_may_have_400_lines_and_not_401(self):
        self.assertEqual([], self.findings(("storage/a.cc", "\n" * 400)))
        self.assert_one(self.findings(("storage/a.cc", "\n" * 401)), "storage/a.cc:401", "401 lines, 400 allowed")

    def test_a_long_file_that_was_let_through_may_only_shrink(self):
        def with_listed(count, listed):
            return self.findings(("storage/a.cc", "\n" * count), ("tests/walls/long_files.txt", f"storage/a.cc {listed}\n"))
        self.assertEqual([], with_listed(500, 500))
        self.assert_one(with_listed(501, 500), "501 lines, 500 allowed")
        self.assert_one(with_listed(480, 500), "lower its number to 480")
        self.assert_one(with_listed(300, 500), "remove its line")

    def test_a_listed_file_that_is_gone_is_named(self):
        self.assert_one(self.findings(("tests/walls/long_files.txt", "storage/gone.cc 500\n")), "storage/gone.cc is gone")

    def test_words_for_later_are_found_in_sources_and_build_files(self):
        later = "TO" + "DO"
        self.assert_one(self.findings(("storage/a.cc", f"\n// {later}: mend\n")), "storage/a.cc:2", later)
        self.assert_one(self.findings(("storage/a.cc", f"// {later}S is another word\n"),
                                      ("storage/CMakeLists.txt", f"# {later}\n")), "storage/CMakeLists.txt:1")

    def test_a_glob_of_sources_is_found(self):
        self.assert_one(self.findings(("storage/CMakeLists.txt", "file( GLOB_RECURSE s *.cc)\n")), "list the files")

    def test_a_folder_with_sources_needs_a_readme(self):
        (self.root / "storage/README.md").unlink()
        self.assert_one(self.findings(("storage/a.cc", "")), "storage/README.md:1: error: missing")

    def test_published_protos_are_left_as_they_are(self):
        self.assertEqual([], self.findings(("proto/google/rpc/code.proto", "\n" * 500 + "// TO" + "DO\n")))


class TheRealList(unittest.TestCase):
    def test_no_two_folders_may_include_each_other(self):
        edges = check_walls.Edges((Path(__file__).parent / "allowed_edges.txt").read_text())
        left = {f: {t for t in edges.folders if t != f and any(check_walls.under(t, to) for to in edges.folders[f])}
                for f in edges.folders}
        while leaves := [f for f, targets in left.items() if not targets & left.keys()]:
            for folder in leaves:
                del left[folder]
        self.assertEqual({}, left, "these folders depend on each other in a circle")


if __name__ == "__main__":
    unittest.main()
