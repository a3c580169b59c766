#include "axon/catalogue.hpp"
#include "axon/rate_table.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

using namespace foramen;
using namespace foramen::axon;

namespace {

// The worst relative error over -150 to 100 mV, at points that no cell shares.
double worst_error(const RateTable& table, std::size_t n_functions, Tabulate tabulate) {
  std::vector<double> exact(n_functions);
  double worst = 0.0;
  for (int i = 0; i < 25000; ++i) {
    const double v = -150.0 + 0.00999973 * i;
    tabulate(v, exact.data());
    for (std::size_t k = 0; k < n_functions; ++k)
      worst = std::max(worst, std::abs(table.value(v, k) / exact[k] - 1.0));
  }
  return worst;
}

} // namespace

TEST_CASE("tabulated rates are those of the models to the stated 1e-7") {
  for (const FibreModel& m : catalogue()) {
    CAPTURE(m.name);
    const Cable cable = build(m.name, m.tabulated.empty() ? m.max_diameter : m.tabulated.back(), 5);
    const Kinetics& kinetics = *cable.name().kinetics;
    const Kernels k = kinetics.kernels();
    CHECK(worst_error(kinetics.node_table(), k.node_functions, k.tabulate_node) < 1e-7);
    if (k.internode == Internode::active)
      CHECK(worst_error(kinetics.internode_table(), k.internode_functions, k.tabulate_internode) <
            1e-7);
  }
}

TEST_CASE("a jump at a whole millivolt stays a jump") {
  const RateTable table(1,
                        [](double v, double* f) { f[0] = v < -60.0 ? 219.0 : 13.0 * v + 1000.0; });
  CHECK(table.value(-60.0 - 1e-9, 0) == Approx(219.0));
  CHECK(table.value(-60.0, 0) == Approx(220.0));
  CHECK(table.value(-60.0 + 1e-9, 0) == Approx(220.0));
}

TEST_CASE("beyond the table its last cells go on") {
  const RateTable table(1, [](double v, double* f) { f[0] = v; });
  CHECK(table.value(-1e4, 0) == Approx(-1300.0));
  CHECK(table.value(1e4, 0) == Approx(699.9));
}
