// Files are whole or not there, and a full disk is said as such.
#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "io/hdf5_file.hpp"
#include "support/temporary_folder.hpp"
#include "unit/io/refused.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <filesystem>
#include <functional>
#include <iterator>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace foramen;
using namespace foramen::io;
using io::test::Refusal;
using io::test::refused;

namespace {

namespace fs = std::filesystem;

// A disk that is full from the first byte: the temporary name leads to /dev/full.
struct FullDisk {
  explicit FullDisk(const std::string& path) : part(path + ".part-" + std::to_string(::getpid())) {
    fs::create_symlink("/dev/full", part);
  }
  ~FullDisk() { fs::remove(part); }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;
  std::string part;
};

// The cause of the WorldError of `action` in a child process that may write `limit` bytes per file.
std::string cause_with_file_limit(rlim_t limit, const std::function<void()>& action) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit bound{limit, limit};
    ::setrlimit(RLIMIT_FSIZE, &bound);
    std::string cause = "nothing was refused";
    try {
      action();
    } catch (const core::WorldError& error) {
      cause = error.cause();
    }
    const bool sent =
        ::write(ends[1], cause.data(), cause.size()) == static_cast<ssize_t>(cause.size());
    ::_exit(sent ? 0 : 1);
  }
  ::close(ends[1]);
  std::string cause(1000, '\0');
  const ssize_t n = ::read(ends[0], cause.data(), cause.size());
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(status == 0);
  cause.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
  return cause;
}

} // namespace

TEST_CASE("a text file reads back as written and leaves nothing beside it", "[io]") {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "file.txt";
  const std::string text("a\0b\r\n", 5);
  write_file(path, "old");
  write_file(path, text);
  CHECK(read_file(path) == text);
  CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("a full disk keeps the old file and says how much room is needed", "[io]") {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "file.txt";
  write_file(path, "old");
  {
    const FullDisk disk(path);
    const Refusal r = refused([&] { write_file(path, std::string(2500000, 'x')); });
    CHECK(r.place == path);
    CHECK(r.cause == "cannot be written: No space left on device");
    CHECK(r.remedy == "free at least 3 MB in " + folder.path() +
                          " or choose another folder; nothing that was there is lost");
  }
  CHECK(read_file(path) == "old");
  CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("a full disk under an HDF5 file is the same clear refusal", "[io]") {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "file.h5";
  {
    const FullDisk disk(path);
    Hdf5Writer file(path);
    file.write_number("/x", 1.0, {"1", "x"});
    const Refusal r = refused([&] { file.commit(); });
    CHECK(r.place == path);
    CHECK(r.cause == "cannot be written: No space left on device");
  }
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("a file that outgrows a limit half way leaves no part of itself", "[io]") {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "file.txt";
  CHECK(cause_with_file_limit(10000, [&] { write_file(path, std::string(50000, 'x')); }) ==
        "cannot be written: File too large");
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("missing and unwritable folders are named", "[io]") {
  const Refusal missing = refused([] { write_file("/no/such/file.txt", "x"); });
  CHECK(missing.place == "/no/such/file.txt");
  CHECK(missing.cause == "cannot be written: there is no folder /no/such");
  CHECK(missing.remedy == "make the folder or choose another one");
  // /sys takes no files, not even from root.
  const Refusal unwritable = refused([] { write_file("/sys/foramen_test.txt", "x"); });
  CHECK(unwritable.place == "/sys/foramen_test.txt");
  CHECK((unwritable.cause == "cannot be written: Permission denied" ||
         unwritable.cause == "cannot be written: Read-only file system"));
  CHECK(unwritable.remedy == "choose a folder you may write to; /sys is not one");
  const Refusal file = refused([] { write_file("/etc/passwd/file.txt", "x"); });
  CHECK(file.cause == "cannot be written: there is no folder /etc/passwd");
}

TEST_CASE("a name taken by a folder is refused", "[io]") {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "taken";
  fs::create_directory(path);
  CHECK(refused([&] { write_file(path, "x"); }).cause == "cannot be written: Is a directory");
  CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("files that cannot be read say why", "[io]") {
  CHECK(refused([] { read_file("/no/such/file"); }).cause ==
        "cannot be read: No such file or directory");
  CHECK(refused([] { read_file("/tmp"); }).cause == "cannot be read: Is a directory");
}
