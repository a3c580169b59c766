// HDF5 files that describe themselves and notice damage.
//
//   Hdf5Writer file("results.h5");
//   file.write_doubles("/distance", distances, {n}, {"mm", "distance of the lead from the nerve"});
//   file.write_doubles("/threshold", thresholds, {n, m}, {"mA", "threshold"}, {"/distance", ""});
//   file.commit();
//
// Every dataset has `units` and `long_name`; those named in `axes` become dimension scales of the
// others. Paths are absolute, groups on the way are made. The file is built in memory and put on
// disk by commit() as a whole (io/atomic_file.hpp): about twice its size of memory, nothing on disk
// before. Files have no time stamps: equal content, equal bytes.
//
// A file is sealed (io/file_seal.hpp): damaged bytes are a WorldError when it is opened, never
// other numbers. Arrays carry HDF5's own checksums (fletcher32) too, for readers that know no seal.
// Texts are UTF-8 of fixed length, attributes of variable length (Python gets str). Arrays from 256
// KiB are compressed (shuffle, deflate 1). Any HDF5 from 1.10 reads them.
//
// Throws WorldError (place: the file, or file and dataset) when a file is missing, not HDF5, cut
// off or damaged, and when a dataset is absent or of another type. The HDF5 library is not
// thread-safe: one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace foramen::io {

using Shape = std::vector<std::size_t>; // row-major; {} is a scalar
using Axes = std::vector<std::string>;  // per dimension the path of its scale, "" for none
using EnumNames = std::vector<std::pair<std::string, int>>;

// Both are required; the unit of a pure number is "1".
struct Label {
  std::string units;
  std::string long_name;
};

class Hdf5Writer {
public:
  explicit Hdf5Writer(const std::string& path);
  ~Hdf5Writer(); // without commit(): nothing was written
  Hdf5Writer(const Hdf5Writer&) = delete;
  Hdf5Writer& operator=(const Hdf5Writer&) = delete;

  void write_doubles(const std::string& path, std::span<const double> values, const Shape& shape,
                     const Label& label, const Axes& axes = {});
  void write_integers(const std::string& path, std::span<const std::int64_t> values,
                      const Shape& shape, const Label& label, const Axes& axes = {});
  void write_integers(const std::string& path, std::span<const int> values, const Shape& shape,
                      const Label& label, const Axes& axes = {});
  // Texts and statuses have no unit.
  void write_texts(const std::string& path, std::span<const std::string> values, const Shape& shape,
                   const std::string& long_name, const Axes& axes = {});
  void write_enums(const std::string& path, std::span<const int> values, const Shape& shape,
                   const EnumNames& names, const std::string& long_name, const Axes& axes = {});

  void write_number(const std::string& path, double value, const Label& label);
  void write_integer(const std::string& path, std::int64_t value, const Label& label);
  void write_text(const std::string& path, const std::string& value, const std::string& long_name);

  // Of a group (made if need be; "/" is the file) or a dataset.
  void attribute(const std::string& path, const std::string& name, const std::string& value);
  void attribute(const std::string& path, const std::string& name, double value);
  void attribute(const std::string& path, const std::string& name, std::int64_t value);

  void commit(); // once, last

private:
  struct State;
  std::unique_ptr<State> state_;
};

class Hdf5Reader {
public:
  explicit Hdf5Reader(const std::string& path);
  ~Hdf5Reader();
  Hdf5Reader(const Hdf5Reader&) = delete;
  Hdf5Reader& operator=(const Hdf5Reader&) = delete;

  bool has(const std::string& path) const; // dataset or group
  bool has_attribute(const std::string& path, const std::string& name) const;
  std::vector<std::string> names(const std::string& group) const; // members, sorted
  Shape shape(const std::string& path) const;

  std::vector<double> doubles(const std::string& path) const; // integers are converted
  std::vector<std::int64_t> integers(const std::string& path) const;
  std::vector<int> ints(const std::string& path) const;
  std::vector<std::string> texts(const std::string& path) const;
  std::vector<int> enums(const std::string& path) const;
  EnumNames enum_names(const std::string& path) const;

  double number(const std::string& path) const; // of datasets with one element
  std::int64_t integer(const std::string& path) const;
  std::string text(const std::string& path) const;

  std::string attribute_text(const std::string& path, const std::string& name) const;
  double attribute_number(const std::string& path, const std::string& name) const;

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace foramen::io
