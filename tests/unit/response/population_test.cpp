#include "core/error.hpp"
#include "response/population.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace foramen;
using namespace foramen::response;

namespace {

const std::string folder = std::string(FORAMEN_SOURCE_DIR) + "/configs/populations";
const std::vector<Disc> discs = {{.u = 0.0 * mm, .v = 0.0 * mm, .radius = 1.0 * mm},
                                 {.u = 3.0 * mm, .v = 0.0 * mm, .radius = 0.5 * mm}};

} // namespace

TEST_CASE("every population of the repository reads and names its source") {
  const auto names = list_populations(folder);
  CHECK(names.size() >= 2);
  for (const std::string& name : names) {
    const Population p = read_population(folder, name);
    CHECK(!p.source.empty());
    CHECK(!p.model.empty());
  }
  CHECK(read_population(folder, "alpha_motor").role == Role::motor);
  CHECK(read_population(folder, "a_beta").role == Role::sensory);
}

TEST_CASE("an unknown population is refused with the nearest name") {
  try {
    read_population(folder, "alfa_motor");
    FAIL("accepted");
  } catch (const ConfigError& e) {
    CHECK(e.place() == "population 'alfa_motor'");
    CHECK(e.remedy().find("did you mean 'alpha_motor'?") == 0);
  }
}

TEST_CASE("fibre i is the same in a small and a large population") {
  const Population p = read_population(folder, "a_beta");
  const auto few = sample_population(p, discs, 5, 42, 4 * um, 16 * um);
  const auto many = sample_population(p, discs, 50, 42, 4 * um, 16 * um);
  for (std::size_t i = 0; i < few.size(); ++i) {
    CHECK(few[i].diameter == many[i].diameter);
    CHECK(few[i].u == many[i].u);
    CHECK(few[i].node_phase == many[i].node_phase);
  }
  CHECK(sample_population(p, discs, 1, 43, 4 * um, 16 * um)[0].diameter != few[0].diameter);
}

TEST_CASE("fibres fill their fascicles uniformly, by area, and keep to the diameters") {
  const Population p = read_population(folder, "alpha_motor");
  const std::size_t n = 4000;
  const auto fibres = sample_population(p, discs, n, 1, 4 * um, 14 * um);
  double in_first = 0.0, inner_half = 0.0, phase = 0.0, mean_um = 0.0;
  for (const FibreSample& f : fibres) {
    const Disc& d = discs[f.fascicle];
    const double r = std::hypot((f.u - d.u).in(mm), (f.v - d.v).in(mm)) / d.radius.in(mm);
    CHECK(r <= 1.0);
    CHECK((f.diameter >= 8 * um && f.diameter <= 14 * um));
    in_first += f.fascicle == 0;
    inner_half += r < std::sqrt(0.5);
    phase += f.node_phase;
    mean_um += f.diameter.in(um);
  }
  // Standard errors: 0.4 / sqrt(4000) = 0.006 for 0.8, 0.008 for 0.5, 0.0046 for the phase: four of
  // each.
  CHECK(in_first / n == Approx(0.8).margin(0.025));
  CHECK(inner_half / n == Approx(0.5).margin(0.032));
  CHECK(phase / n == Approx(0.5).margin(0.019));
  // Normal(12, 2) truncated to [8, 14] has mean 11.54; standard error below 0.025.
  CHECK(mean_um / n == Approx(11.54).margin(0.1));
}

TEST_CASE("a population that no diameter of the model fits is refused") {
  const Population p = read_population(folder, "alpha_motor");
  try {
    sample_population(p, discs, 1, 1, 2 * um, 5 * um);
    FAIL("accepted");
  } catch (const ConfigError& e) {
    CHECK(e.cause() == "no diameters between 8 and 5 um, the limits of the population and of the "
                       "fibre model");
  }
}
