#include "study/artefact.hpp"

#include "core/error.hpp"
#include "core/hash.hpp"
#include "io/atomic_file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <unistd.h>

namespace foramen::study {
namespace {

constexpr std::string_view magic = "FORAMEN1";

std::size_t count_of(const std::vector<std::size_t>& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

class Writer {
public:
  void raw(const void* data, std::size_t size) {
    if (size > 0)
      bytes_.append(static_cast<const char*>(data), size);
  }
  void number(std::uint64_t value) { raw(&value, sizeof value); }
  void text(const std::string& value) {
    number(value.size());
    raw(value.data(), value.size());
  }
  std::string bytes_;
};

class Reader {
public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  bool raw(void* to, std::size_t size) {
    if (size > bytes_.size())
      return false;
    if (size > 0)
      std::memcpy(to, bytes_.data(), size);
    bytes_.remove_prefix(size);
    return true;
  }
  bool number(std::uint64_t& value) { return raw(&value, sizeof value); }
  bool text(std::string& value) {
    std::uint64_t size = 0;
    if (!number(size) || size > bytes_.size())
      return false;
    value.resize(size);
    return raw(value.data(), size);
  }
  template <class T> bool values(std::vector<T>& to, std::size_t count) {
    if (count > bytes_.size() / sizeof(T))
      return false;
    to.resize(count);
    return raw(to.data(), count * sizeof(T));
  }
  bool empty() const { return bytes_.empty(); }

private:
  std::string_view bytes_;
};

core::Digest digest_of(std::string_view bytes) {
  core::Hasher hasher;
  hasher.add(bytes);
  return hasher.digest();
}

} // namespace

void Artefact::set(const std::string& name, std::vector<double> values,
                   std::vector<std::size_t> shape) {
  if (shape.empty())
    shape = {values.size()};
  FORAMEN_EXPECT(count_of(shape) == values.size(), name, ": ", values.size(), " values");
  arrays_[name] = {std::move(shape), std::move(values), {}, true};
}

void Artefact::set(const std::string& name, std::vector<std::int32_t> values,
                   std::vector<std::size_t> shape) {
  if (shape.empty())
    shape = {values.size()};
  FORAMEN_EXPECT(count_of(shape) == values.size(), name, ": ", values.size(), " values");
  arrays_[name] = {std::move(shape), {}, std::move(values), false};
}

bool Artefact::has(const std::string& name) const {
  return arrays_.contains(name);
}

const Artefact::Array& Artefact::array(const std::string& name) const {
  const auto found = arrays_.find(name);
  FORAMEN_EXPECT(found != arrays_.end(), "no array ", name);
  return found->second;
}

const std::vector<double>& Artefact::doubles(const std::string& name) const {
  FORAMEN_EXPECT(array(name).is_double, name);
  return array(name).doubles;
}
const std::vector<std::int32_t>& Artefact::integers(const std::string& name) const {
  FORAMEN_EXPECT(!array(name).is_double, name);
  return array(name).integers;
}
const std::vector<std::size_t>& Artefact::shape(const std::string& name) const {
  return array(name).shape;
}

void Artefact::write(const std::string& path) const {
  Writer out;
  out.raw(magic.data(), magic.size());
  out.number(arrays_.size());
  for (const auto& [name, array] : arrays_) {
    out.text(name);
    out.number(array.is_double ? 1 : 0);
    out.number(array.shape.size());
    for (const std::size_t extent : array.shape)
      out.number(extent);
    if (array.is_double)
      out.raw(array.doubles.data(), array.doubles.size() * sizeof(double));
    else
      out.raw(array.integers.data(), array.integers.size() * sizeof(std::int32_t));
  }
  const core::Digest digest = digest_of(out.bytes_);
  out.number(digest.high);
  out.number(digest.low);
  io::write_file(path, out.bytes_);
}

Artefact::Reading Artefact::read(const std::string& path) {
  std::error_code no_throw;
  if (!std::filesystem::exists(path, no_throw))
    return {Problem::absent, "no such file", {}};
  std::ifstream in(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in.good() && !in.eof())
    return {Problem::unreadable, std::strerror(errno), {}};
  constexpr std::size_t digest_size = 2 * sizeof(std::uint64_t);
  if (bytes.size() < magic.size() + digest_size || !bytes.starts_with(magic))
    return {Problem::damaged, "is not a whole artefact", {}};
  const std::string_view body(bytes.data(), bytes.size() - digest_size);
  core::Digest stored;
  std::memcpy(&stored.high, bytes.data() + body.size(), sizeof stored.high);
  std::memcpy(&stored.low, bytes.data() + body.size() + sizeof stored.high, sizeof stored.low);
  if (digest_of(body) != stored)
    return {Problem::damaged, "does not match its checksum", {}};

  Reading result;
  Reader reader(body.substr(magic.size()));
  std::uint64_t count = 0;
  bool good = reader.number(count);
  for (std::uint64_t i = 0; good && i < count; ++i) {
    std::string name;
    std::uint64_t kind = 0, rank = 0;
    good = reader.text(name) && reader.number(kind) && reader.number(rank);
    Array array;
    array.is_double = kind == 1;
    for (std::uint64_t k = 0; good && k < rank; ++k) {
      std::uint64_t extent = 0;
      good = reader.number(extent);
      array.shape.push_back(extent);
    }
    good = good && (array.is_double ? reader.values(array.doubles, count_of(array.shape))
                                    : reader.values(array.integers, count_of(array.shape)));
    result.artefact.arrays_[name] = std::move(array);
  }
  if (!good || !reader.empty())
    return {Problem::damaged, "has another layout than this version writes", {}};
  return result;
}

} // namespace foramen::study
