#include "axon/drive.hpp"
#include "core/error.hpp"
#include "unit/axon/fibres.hpp"

#include <catch2/catch.hpp>

#include <limits>
#include <numeric>

using namespace foramen;
using namespace foramen::axon;

TEST_CASE("a field drives currents that sum to zero, and a uniform one none") {
  const Cable cable = build("mrg", 8.0 * um, 7);
  const Drive drive = field_drive(cable, test::point_source(cable, 1.0 * mm));
  double largest = 0.0;
  for (const double i : drive.axial_uA)
    largest = std::max(largest, std::abs(i));
  CHECK(std::accumulate(drive.axial_uA.begin(), drive.axial_uA.end(), 0.0) ==
        Approx(0.0).margin(1e-12 * largest));
  const Drive none = field_drive(cable, {std::vector<double>(cable.n_compartments(), 17.0)});
  for (std::size_t i = 0; i < cable.n_compartments(); ++i)
    CHECK((none.axial_uA[i] == 0.0 && none.periaxonal_uA[i] == 0.0));
}

TEST_CASE("potentials that do not fit the fibre are refused") {
  const Cable cable = build("mrg", 8.0 * um, 7);
  const auto refusal = [&](const stimulus::FieldAtFibre& field) {
    try {
      field_drive(cable, field);
    } catch (const ConfigError& e) {
      return e.place() + ": " + e.cause();
    }
    return std::string("accepted");
  };
  CHECK(refusal({std::vector<double>(66, 0.0)}) ==
        "potential along a fibre (mrg, 8 um): 66 samples for 67 compartments");
  stimulus::FieldAtFibre field = test::point_source(cable, 1.0 * mm);
  field.mV_per_mA[12] = std::numeric_limits<double>::quiet_NaN();
  CHECK(refusal(field) ==
        "potential along a fibre (mrg, 8 um): the sample at compartment 12 is not a finite number");
}
