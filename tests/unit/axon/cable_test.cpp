#include "axon/cable.hpp"
#include "axon/catalogue.hpp"
#include "core/error.hpp"

#include <catch2/catch.hpp>

#include <numbers>

using namespace foramen;
using namespace foramen::axon;

TEST_CASE("a fibre of N nodes has 11 (N - 1) + 1 compartments from node to node") {
  const Cable cable = build("mrg_discrete", 10.0 * um, 5);
  CHECK(cable.n_compartments() == 45);
  CHECK(cable.internode_length().in(um) == Approx(1150.0));
  CHECK(cable.length().in(um) == Approx(4600.0));
  const std::vector<double> x = cable.centres();
  REQUIRE(x.size() == 45);
  CHECK(x[0] == 0.0);
  CHECK(x[1] * 1e6 == Approx(2.0));          // node 1 um, MYSA 3 um
  CHECK(x[2] * 1e6 == Approx(0.5 + 3 + 23)); // FLUT 46 um
  CHECK(x[cable.node(4)] * 1e6 == Approx(4600.0));
}

TEST_CASE("compartments carry the admittances of the published measures") {
  const Cable cable = build("mrg_discrete", 10.0 * um, 5);
  constexpr double pi = std::numbers::pi;
  const Compartment& node = cable.compartment(cable.node(2));
  CHECK(node.part == Part::node);
  // 2 uF/cm2 on pi * 3.3 um * 1 um.
  CHECK(node.capacitance_uF == Approx(2.0 * pi * 3.3e-4 * 1e-4));
  CHECK(node.channels_mS[1] == Approx(3000.0 * pi * 3.3e-4 * 1e-4));
  // Node to MYSA: 70 ohm cm, half of 1 um and half of 3 um at 3.3 um.
  CHECK(1.0 / node.axial_mS == Approx(0.07 * 2e-4 / (0.25 * pi * 3.3e-4 * 3.3e-4)));
  const Compartment& stin = cable.compartment(cable.node(2) + 4);
  CHECK(stin.part == Part::stin);
  const double length = (1150.0 - 7.0 - 92.0) / 6.0 * 1e-4;
  CHECK(stin.length_cm == Approx(length));
  // 120 lamellae, two membranes each, on pi * 10 um * L.
  CHECK(stin.myelin_capacitance_uF == Approx(0.1 / 240.0 * pi * 10e-4 * length));
  CHECK(stin.leak_mS == Approx(0.1 * pi * 6.9e-4 * length));
  // Periaxonal: gap of 4 nm around 6.9 um.
  CHECK(1.0 / stin.periaxonal_mS == Approx(0.07 * length / (pi * (6.9e-4 * 4e-7 + 16e-14))));
}

TEST_CASE("passive end nodes have neither channels nor axoplasm, sealed ones have both") {
  const Cable passive = build("mrg", 10.0 * um, 5, Ends::passive);
  const Cable sealed = build("mrg", 10.0 * um, 5, Ends::sealed);
  const double inner = passive.compartment(passive.node(1)).axial_mS;
  CHECK(passive.compartment(0).channels_mS[1] == 0.0);
  CHECK(passive.compartment(0).axial_mS < 1e-6 * inner);
  CHECK(passive.compartment(passive.n_compartments() - 2).axial_mS < 1e-6 * inner);
  CHECK(sealed.compartment(0) == sealed.compartment(sealed.node(1)));
}

TEST_CASE("a compartment without length is refused with its place") {
  Compartment node;
  node.length_cm = 1e-4;
  node.capacitance_uF = 1e-7;
  Compartment flat = node;
  flat.part = Part::stin;
  flat.length_cm = 0.0;
  try {
    Cable({.model = "made_up",
           .diameter = 3.0 * um,
           .kinetics = build("mrg", 3.0 * um, 3).name().kinetics},
          {{node, flat}, {node}}, {0, 1});
    FAIL("accepted");
  } catch (const ConfigError& e) {
    CHECK(e.place() == "fibre 'made_up' of 3 um");
    CHECK(e.cause() == "compartment 1 of a period (STIN) has a length of 0 um");
  }
}
