#include "axon/catalogue.hpp"
#include "core/error.hpp"

#include <catch2/catch.hpp>

using namespace foramen;
using namespace foramen::axon;

namespace {

template <class Action> std::string refusal(Action action) {
  try {
    action();
  } catch (const ConfigError& e) {
    return e.place() + ": " + e.cause() + "; " + e.remedy();
  }
  return "accepted";
}

} // namespace

TEST_CASE("every fibre model builds over its whole range and names its source") {
  for (const FibreModel& m : catalogue()) {
    CAPTURE(m.name);
    CHECK(!m.doi.empty());
    CHECK(!m.doc.empty());
    for (const Length d : {m.min_diameter, m.max_diameter})
      for (const Ends ends : {Ends::passive, Ends::sealed}) {
        const Cable cable = build(m.name, d, 5, ends);
        CHECK(cable.internode_length().in(um) == Approx(internode_length(m.name, d).in(um)));
      }
  }
}

TEST_CASE("an unknown fibre model is refused with the nearest name") {
  CHECK(refusal([] { build("gaines_moter", 10 * um, 21); }) ==
        "fibre model 'gaines_moter': there is no such model; did you mean 'gaines_motor'? Known: "
        "mrg, "
        "mrg_discrete, gaines_motor, gaines_sensory, pena, small_mrg, sweeney, sundt, "
        "tigerholm, rattay, schild94, schild97, hodgkin_huxley");
}

TEST_CASE("a diameter outside a model's range is refused with the range") {
  CHECK(refusal([] { build("mrg", 17 * um, 21); }) ==
        "fibre model 'mrg': a diameter of 17 um lies outside its range; choose from 2 to 16 um");
  CHECK(refusal([] { build("gaines_motor", 2 * um, 21); }) ==
        "fibre model 'gaines_motor': a diameter of 2 um lies outside its range; choose from 4 to "
        "16 um");
  CHECK(refusal([] { build("mrg", (0.0 / 0.0) * um, 21); }).find("lies outside its range") !=
        std::string::npos);
}

TEST_CASE("a diameter between those of a table is refused with its neighbours") {
  CHECK(
      refusal([] { build("mrg_discrete", 9 * um, 21); }) ==
      "fibre model 'mrg_discrete': a diameter of 9 um is not in its table; choose 8.7 or 10 um, or "
      "the model 'mrg', which interpolates");
  CHECK(refusal([] { build("mrg_discrete", 57.0 * (0.1 * um), 21); }) == "accepted");
}

TEST_CASE("a fibre needs at least three nodes") {
  CHECK(refusal([] { build("mrg", 10 * um, 2); }) ==
        "fibre model 'mrg': a fibre of 2 nodes; give it at least 3 nodes: a longer nerve or a "
        "thinner "
        "fibre");
}

TEST_CASE("the nodes that span a length are odd and no longer than it") {
  const int n = nodes_to_span("mrg_discrete", 10 * um, 50 * mm);
  CHECK(n == 43);                                               // 43.5 internodes fit
  CHECK(nodes_to_span("mrg_discrete", 10 * um, 46 * mm) == 41); // exactly 40
}
