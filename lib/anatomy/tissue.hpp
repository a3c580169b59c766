// Tissues and their conductivities, from a data file in which every number has a source.
//
// A tissue conducts equally in all directions, or differs along and across a direction field
// (muscle fibres, axons): sigma = across I + (along - across) d d^T with unit vector d.
// Conductivities in S/m, quasi-static and real.
//
// Errors: ConfigError (file, line, caret) for a missing source or unit, a conductivity that is not
// positive, a base outside its own range, or `conductivity` together with `along`/`across`.
#pragma once

#include "core/units.hpp"

#include <string>
#include <vector>

namespace foramen::config {
class Table;
}

namespace foramen::anatomy {

struct Tissue {
  std::string name;
  Conductivity along, across; // equal when isotropic
  Conductivity low, high;     // published range of `across` (of sigma when isotropic)
  std::string source;         // where the numbers are from, with their trust, as the data file says
  std::string note;
  bool rigid = false; // bone: no lead can be there
  bool isotropic() const { return along == across; }
};

// Tissues by name, in file order.
class TissueLibrary {
public:
  static TissueLibrary from_file(const std::string& path); // configs/tissues.toml
  static TissueLibrary standard();                         // the file in core::data_folder()

  const std::vector<Tissue>& all() const { return tissues_; }
  std::vector<std::string> names() const;
  bool has(const std::string& name) const;
  std::size_t index(const std::string& name) const; // FORAMEN_EXPECTs that it exists
  const Tissue& at(const std::string& name) const { return tissues_[index(name)]; }
  void set(const Tissue& tissue); // replaces or adds
  // [tissues.NAME] of a study: replaces or adds; what is left out keeps the library's value,
  // `source` becomes "study".
  void read_overrides(config::Table root);

private:
  std::vector<Tissue> tissues_;
};

} // namespace foramen::anatomy
