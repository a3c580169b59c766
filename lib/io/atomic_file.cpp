#include "io/atomic_file.hpp"

#include "core/error.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace foramen::io {
namespace {

namespace fs = std::filesystem;
using core::concat;

std::string readable_size(std::size_t bytes) {
  if (bytes < 1000000)
    return concat((bytes + 999) / 1000, " kB");
  return concat((bytes + 999999) / 1000000, " MB");
}

[[noreturn]] void refuse_write(const std::string& path, std::size_t size, int problem) {
  const std::string folder = fs::path(path).parent_path().string();
  const std::string where = folder.empty() ? "this folder" : folder;
  switch (problem) {
  case ENOSPC:
  case EDQUOT:
  case EFBIG:
    throw core::WorldError(path, concat("cannot be written: ", std::strerror(problem)),
                           concat("free at least ", readable_size(size), " in ", where,
                                  " or choose another folder; nothing that was there is lost"));
  case ENOENT:
  case ENOTDIR:
    throw core::WorldError(path, concat("cannot be written: there is no folder ", where),
                           "make the folder or choose another one");
  case EACCES:
  case EPERM:
  case EROFS:
    throw core::WorldError(path, concat("cannot be written: ", std::strerror(problem)),
                           concat("choose a folder you may write to; ", where, " is not one"));
  default:
    throw core::WorldError(path, concat("cannot be written: ", std::strerror(problem)),
                           "check the disk, or choose another folder");
  }
}

// An open file that is removed again unless it was renamed to its final name.
class PartFile {
public:
  explicit PartFile(const std::string& path, std::size_t size)
      : path_(path), part_(concat(path, ".part-", ::getpid())), size_(size),
        file_(::open(part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)) {
    if (file_ < 0)
      refuse_write(path_, size_, errno);
  }
  ~PartFile() {
    if (file_ >= 0)
      ::close(file_);
    if (!renamed_)
      ::unlink(part_.c_str());
  }
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  void write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const ssize_t n = ::write(file_, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        refuse_write(path_, size_, n < 0 ? errno : ENOSPC);
      bytes = bytes.subspan(static_cast<std::size_t>(n));
    }
  }
  void finish() {
    // Some file systems (pipes, a few network ones) know no fsync: not a reason to fail.
    if (::fsync(file_) != 0 && errno != EINVAL && errno != ENOTSUP)
      refuse_write(path_, size_, errno);
    const int closed = ::close(file_);
    file_ = -1;
    if (closed != 0 || ::rename(part_.c_str(), path_.c_str()) != 0)
      refuse_write(path_, size_, errno);
    renamed_ = true;
    synchronise_folder();
  }

private:
  // So that the new name survives a power cut.
  void synchronise_folder() const {
    const std::string folder = fs::path(path_).parent_path().string();
    const int f = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (f >= 0) {
      ::fsync(f);
      ::close(f);
    }
  }

  std::string path_, part_;
  std::size_t size_;
  int file_;
  bool renamed_ = false;
};

} // namespace

void write_file(const std::string& path, std::span<const std::byte> bytes) {
  PartFile file(path, bytes.size());
  file.write(bytes);
  file.finish();
}

void write_file(const std::string& path, std::string_view text) {
  write_file(path, std::as_bytes(std::span(text.data(), text.size())));
}

std::string read_file(const std::string& path) {
  std::error_code problem;
  std::ifstream in;
  std::string bytes;
  errno = 0;
  if (fs::is_directory(path, problem)) {
    errno = EISDIR;
  } else if (in.open(path, std::ios::binary); in) {
    bytes.assign(std::istreambuf_iterator<char>(in), {});
    if (!in.bad())
      return bytes;
  }
  throw core::WorldError(path, concat("cannot be read: ", std::strerror(errno)),
                         "check the path and that you may read the file");
}

} // namespace foramen::io
