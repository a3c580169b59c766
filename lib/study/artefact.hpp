// What a stage leaves behind: named arrays in one file with a checksum.
//
// Format (little endian): "FORAMEN1", count of arrays, then for each array its name, element kind,
// shape and bytes, and at the end the XXH3-128 digest of all that precedes it. A file is written to
// a temporary name, flushed to disk and renamed, so that a reader sees a whole artefact or none.
// Results for people are HDF5 (lib/io); this format only has to be fast and to notice every flipped
// bit.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace foramen::study {

class Artefact {
public:
  void set(const std::string& name, std::vector<double> values,
           std::vector<std::size_t> shape = {});
  void set(const std::string& name, std::vector<std::int32_t> values,
           std::vector<std::size_t> shape = {});

  bool has(const std::string& name) const;
  // A missing name or another kind is a broken invariant: the digest has vouched for the content.
  const std::vector<double>& doubles(const std::string& name) const;
  const std::vector<std::int32_t>& integers(const std::string& name) const;
  const std::vector<std::size_t>& shape(const std::string& name) const;

  // Throws WorldError: folder unwritable, disk full (nothing is left behind).
  void write(const std::string& path) const;

  enum class Problem { none, absent, unreadable, damaged };
  struct Reading;
  static Reading read(const std::string& path);

private:
  struct Array {
    std::vector<std::size_t> shape;
    std::vector<double> doubles;
    std::vector<std::int32_t> integers;
    bool is_double = true;
  };
  const Array& array(const std::string& name) const;
  std::map<std::string, Array> arrays_;
};

struct Artefact::Reading {
  Problem problem = Problem::none;
  std::string detail; // for messages
  Artefact artefact;
};

} // namespace foramen::study
