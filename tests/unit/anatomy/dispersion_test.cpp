#include "anatomy/dispersion.hpp"
#include "core/error.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <numbers>

using namespace foramen;
using namespace foramen::anatomy;
using Catch::Matchers::Contains;

namespace {

const Dispersion& named(const std::string& name) {
  const std::vector<Dispersion>& all = standard_dispersions();
  return *std::find_if(all.begin(), all.end(),
                       [&name](const Dispersion& d) { return d.name == name; });
}

// A conductivity as printed, and half a unit of its last digit.
struct Printed {
  double value, half_digit;
};

std::vector<Dispersion> dispersions_of(const std::string& toml) {
  const auto path = std::filesystem::temp_directory_path() / "foramen_dispersion_test.toml";
  std::ofstream(path) << toml;
  return read_dispersions(path.string());
}

} // namespace

TEST_CASE("the Cole-Cole parameters give the published conductivities", "[anatomy][dispersion]") {
  struct Case {
    const char* name;
    Printed at_100_Hz, at_1_kHz, at_10_kHz;
    double permittivity_1_kHz, its_half_digit;
  };
  const Case cases[] = {
      {"fat", {0.0208, 5e-5}, {0.0224, 5e-5}, {0.0238, 5e-5}, 2.41e4, 50},
      {"muscle", {0.267, 5e-4}, {0.321, 5e-4}, {0.341, 5e-4}, 4.35e5, 500},
      {"bone_cortical", {0.0201, 5e-5}, {0.0202, 5e-5}, {0.0204, 5e-5}, 2.7e3, 50},
      {"bone_cancellous", {0.0810, 5e-5}, {0.0815, 5e-5}, {0.0826, 5e-5}, 1.2e4, 500},
      {"nerve", {0.028, 5e-4}, {0.029, 5e-4}, {0.042, 5e-4}, 7.0e4, 500},
      {"skin_wet", {4.6e-4, 5e-6}, {6.6e-4, 5e-6}, {2.9e-3, 5e-5}, 3.2e4, 500},
      {"blood", {0.70, 5e-3}, {0.70, 5e-3}, {0.70, 5e-3}, 5.3e3, 50},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    const Dispersion& d = named(c.name);
    const auto check = [&d](Frequency f, Printed p) {
      CHECK(conductivity_at(d, f).si() == Approx(p.value).epsilon(0.0).margin(p.half_digit));
    };
    check(100.0 * Hz, c.at_100_Hz);
    check(1.0 * kHz, c.at_1_kHz);
    check(10.0 * kHz, c.at_10_kHz);
    CHECK(relative_permittivity_at(d, 1.0 * kHz) ==
          Approx(c.permittivity_1_kHz).epsilon(0.0).margin(c.its_half_digit));
  }
}

TEST_CASE("one Debye term is the closed form of a relaxation", "[anatomy][dispersion]") {
  // sigma = sigma_i + d eps0 / tau * x^2 / (1 + x^2), eps = eps_inf + d / (1 + x^2), x = w tau
  const Dispersion debye{"debye", 3.0, 0.1 * S_per_m, {{1e6, 1.0 * ms, 0.0}}, "test"};
  const double eps0 = 8.8541878128e-12;
  for (const double x : {1e-3, 0.5, 1.0, 7.0, 1e3}) {
    const Frequency f = x / (2.0 * std::numbers::pi * 1.0 * ms);
    CHECK(conductivity_at(debye, f).si() ==
          Approx(0.1 + 1e6 * eps0 / 1e-3 * x * x / (1.0 + x * x)).epsilon(1e-12));
    CHECK(relative_permittivity_at(debye, f) == Approx(3.0 + 1e6 / (1.0 + x * x)).epsilon(1e-12));
  }
  CHECK(conductivity_at(debye, Frequency{}).si() == 0.1);
}

TEST_CASE("every dispersion has a source and conducts better at higher frequency",
          "[anatomy][dispersion]") {
  REQUIRE(standard_dispersions().size() == 10);
  for (const Dispersion& d : standard_dispersions()) {
    INFO(d.name);
    CHECK_FALSE(d.source.empty());
    Conductivity last = conductivity_at(d, Frequency{});
    for (double f = 1.0; f < 1e6; f *= 3.0) {
      const Conductivity sigma = conductivity_at(d, f * Hz);
      CHECK(sigma >= last);
      last = sigma;
    }
  }
}

TEST_CASE("a dispersion whose lists differ in length or lack a source is refused",
          "[anatomy][dispersion][errors]") {
  CHECK_THROWS_WITH(dispersions_of("[dispersions.x]\nionic = \"1 S/m\"\nstrength = [1.0]\n"
                                   "tau = [\"1 us\", \"2 us\"]\nalpha = [0.0]\nsource = \"s\"\n"),
                    Contains("1 strengths, 2 times, 1 exponents") && Contains("one of each"));
  CHECK_THROWS_WITH(dispersions_of("[dispersions.x]\nionic = \"1 S/m\"\nsource = \"\"\n"),
                    Contains("a dispersion without a source"));
  CHECK_THROWS_WITH(dispersions_of("[dispersions.x]\nsource = \"s\"\n"), Contains("ionic"));
}
