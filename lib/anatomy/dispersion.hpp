// How a tissue's conductivity depends on frequency: sums of Cole-Cole terms.
//
//   eps*(w) = eps_inf + sum_n d_n / (1 + (j w tau_n)^(1 - a_n)) + sigma_i / (j w eps0)
//   sigma(f) = -w eps0 Im eps*(w),   eps_r(f) = Re eps*(w),   w = 2 pi f
//
// Parameters are those of Gabriel, Lau and Gabriel 1996, Table 1 (doi:10.1088/0031-9155/41/11/003),
// in configs/dispersions.toml, each with its source. The authors fitted 10 Hz to 100 GHz and trust
// the low end least, where electrode polarisation had to be corrected. The solver uses sigma alone:
// w eps0 eps_r / sigma is at most 0.14 at 1 kHz (nerve), but 2.7 for wet skin.
//
// Errors of the file: ConfigError for a missing source or unit, strengths, times and exponents of
// different number, exponents outside 0 to 1.
#pragma once

#include "core/units.hpp"

#include <string>
#include <vector>

namespace foramen::anatomy {

struct ColeColeTerm {
  double strength; // d, relative permittivity
  Time tau;
  double alpha; // 0: Debye
};

struct Dispersion {
  std::string name;
  double eps_inf = 1.0;
  Conductivity ionic; // sigma_i, at 0 Hz
  std::vector<ColeColeTerm> terms;
  std::string source;
};

Conductivity conductivity_at(const Dispersion& dispersion, Frequency f);
double relative_permittivity_at(const Dispersion& dispersion, Frequency f); // f above 0

// [dispersions.NAME] of a file, in its order; the standard one is in core::data_folder().
std::vector<Dispersion> read_dispersions(const std::string& path);
const std::vector<Dispersion>& standard_dispersions(); // read once

} // namespace foramen::anatomy
