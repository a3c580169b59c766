// Tissues and their conductivities, from a data file in which every number has a source.
//
// A tissue conducts equally in all directions, or differs along and across a direction field
// (muscle fibres, axons): sigma = across I + (along - across) d d^T with unit vector d.
// Conductivities in S/m, quasi-static and real.
//
// A study's tissue may ask for a dispersion (dispersion.hpp), one value s(f) without direction. It
// then keeps its anisotropy r = along / across and takes the geometric mean of its principal values
// from s:
//   across = s r^(-1/3),   along = s r^(2/3),   so that (along across^2)^(1/3) = s.
// That mean (the tensor's determinant) decides the spreading resistance of a small source in the
// tissue. Muscle (r = 4.07) at 2 kHz: s = 0.329, 0.84 along and 0.21 S/m across.
//
// Errors: ConfigError (file, line, caret) for a missing source or unit, a conductivity that is not
// positive, a base outside its own range, or `conductivity` together with `along`/`across` or with
// `dispersion`.
#pragma once

#include "anatomy/dispersion.hpp"
#include "core/units.hpp"

#include <optional>
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
  std::optional<Dispersion> dispersion;
  bool isotropic() const { return along == across; }
};

// The tissue with the conductivities of its dispersion; without one it stays as it is. The range
// grows to hold them.
Tissue at_frequency(Tissue tissue, Frequency f);

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
  // `source` becomes "study". A `dispersion` is evaluated at 1 kHz until evaluate_at is called.
  void read_overrides(config::Table root);
  void evaluate_at(Frequency f); // at_frequency of all

private:
  std::vector<Tissue> tissues_;
};

} // namespace foramen::anatomy
