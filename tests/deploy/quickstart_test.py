#!/usr/bin/env python3
"""quickstart_test.py SOURCE STAFFROOMD STAFFROOM: runs deploy/quickstart in a tree of its own.

The tree has the real script, the real sample and the two programs given; installing and building are left out. What is at
stake: a port that another server has. The sample must never get into that server's store.
"""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

SOURCE, STAFFROOMD, STAFFROOM = (pathlib.Path(argument).resolve() for argument in sys.argv[1:4])
PATIENCE_S = 120


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def executable(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


class Quickstart(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        (self.root / "deploy").mkdir()
        shutil.copy(SOURCE / "deploy/quickstart", self.root / "deploy/quickstart")
        (self.root / "deploy/sample").symlink_to(SOURCE / "deploy/sample")
        executable(self.root / "deploy/setup", "#!/bin/sh\n")
        executable(self.root / "tools/cmake", "#!/bin/sh\n")
        (self.root / "build/release/bin").mkdir(parents=True)
        for program in (STAFFROOMD, STAFFROOM):
            (self.root / "build/release/bin" / program.name).symlink_to(program)

    def run_once(self, port):
        environment = dict(
            os.environ,
            PATH=f"{self.root}/tools:{os.environ['PATH']}",
            STAFFROOM_LISTEN=f"127.0.0.1:{port}",
            STAFFROOM_METRICS=f"127.0.0.1:{free_port()}",
        )
        return subprocess.run(
            [self.root / "deploy/quickstart", "--once"],
            env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False)

    def start_server(self, port, name):
        log_path = self.root / f"{name}.log"
        with open(log_path, "w", encoding="utf-8") as log:
            server = subprocess.Popen(
                [STAFFROOMD, f"--listen=127.0.0.1:{port}", f"--data_dir={self.root / name}"], stderr=log)
        self.addCleanup(server.wait)
        self.addCleanup(server.send_signal, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE_S
        while '"event":"serving"' not in log_path.read_text(encoding="utf-8"):
            self.assertLess(time.monotonic(), deadline, "the server of the test does not serve")
            time.sleep(0.05)

    def accounts_at(self, port):
        status = subprocess.run(
            [STAFFROOM, f"--server=127.0.0.1:{port}", "--json", "status"],
            capture_output=True, text=True, timeout=PATIENCE_S, check=True)
        return int(json.loads(status.stdout)["accounts"])

    def test_shows_what_the_sample_teacher_is_told_and_ends(self):
        ended = self.run_once(free_port())
        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.assertIn("Whom to follow:", ended.stdout)
        self.assertIn("0 refused", ended.stdout)

    def test_never_imports_into_a_server_that_was_there_before(self):
        port = free_port()
        self.start_server(port, "somebody-elses")
        ended = self.run_once(port)
        self.assertEqual(self.accounts_at(port), 0, "the sample went into another server's store")
        self.assertEqual(ended.returncode, 1)
        self.assertEqual(len(ended.stderr.splitlines()), 1, ended.stderr)
        self.assertIn(f"cannot listen on 127.0.0.1:{port}", ended.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
