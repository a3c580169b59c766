#include "anatomy/dispersion.hpp"

#include "config/table.hpp"
#include "core/error.hpp"
#include "core/provenance.hpp"

#include <complex>
#include <numbers>

namespace foramen::anatomy {
namespace {

constexpr double eps0 = 8.8541878128e-12; // F/m, CODATA 2018

double omega(Frequency f) {
  return 2.0 * std::numbers::pi * f.si();
}

// Of the terms alone: the ionic part is kept apart, for it diverges at 0 Hz.
std::complex<double> relaxation(const Dispersion& dispersion, Frequency f) {
  const std::complex<double> j(0.0, 1.0);
  std::complex<double> sum = 0.0;
  for (const ColeColeTerm& term : dispersion.terms)
    sum += term.strength / (1.0 + std::pow(j * omega(f) * term.tau.si(), 1.0 - term.alpha));
  return sum;
}

Dispersion read_dispersion(const std::string& name, config::Table table) {
  Dispersion dispersion;
  dispersion.name = name;
  dispersion.eps_inf = table.number("eps_inf", 1.0, {.min = 1.0, .max = 100.0}, "Optical end.");
  dispersion.ionic = table.required_quantity<Conductivity>(
      "ionic", {.min = 0.0 * S_per_m, .max = 100.0 * S_per_m}, "Conductivity at 0 Hz.");
  const std::vector<double> strength =
      table.numbers("strength", {}, {.min = 0.0}, "Of each term, relative permittivity.");
  const std::vector<Time> tau =
      table.quantities<Time>("tau", {}, {.min = 0.0 * s}, "Of each term.");
  const std::vector<double> alpha =
      table.numbers("alpha", {}, {.min = 0.0, .max = 1.0}, "Of each term; 0 is Debye's.");
  dispersion.source = table.required_text("source", "Where the parameters are from.");
  if (strength.size() != tau.size() || strength.size() != alpha.size())
    table.refuse(
        "strength",
        concat(strength.size(), " strengths, ", tau.size(), " times, ", alpha.size(), " exponents"),
        "give one of each per term");
  if (dispersion.source.empty())
    table.refuse("source", "a dispersion without a source", "say where the numbers are from");
  for (std::size_t i = 0; i < strength.size(); ++i)
    dispersion.terms.push_back({strength[i], tau[i], alpha[i]});
  return dispersion;
}

} // namespace

Conductivity conductivity_at(const Dispersion& dispersion, Frequency f) {
  return dispersion.ionic - omega(f) * eps0 * relaxation(dispersion, f).imag() * S_per_m;
}

double relative_permittivity_at(const Dispersion& dispersion, Frequency f) {
  return dispersion.eps_inf + relaxation(dispersion, f).real();
}

std::vector<Dispersion> read_dispersions(const std::string& path) {
  config::Document document = config::Document::from_file(path);
  std::vector<Dispersion> dispersions;
  for (auto& [name, table] :
       document.root().named_tables("dispersions", "Conductivities over frequency, by name."))
    dispersions.push_back(read_dispersion(name, table));
  document.finish();
  return dispersions;
}

const std::vector<Dispersion>& standard_dispersions() {
  static const std::vector<Dispersion> all = read_dispersions(data_folder() + "/dispersions.toml");
  return all;
}

} // namespace foramen::anatomy
