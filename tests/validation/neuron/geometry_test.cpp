// The compartments of each model against those NEURON was given (geometry.csv).
#include "axon/catalogue.hpp"
#include "validation/neuron/csv.hpp"

#include <catch2/catch.hpp>

#include <map>

using namespace foramen;
using namespace foramen::axon;
using validation::CsvRow;

TEST_CASE("lengths, places and passive properties are those of the reference", "[neuron]") {
  const std::map<std::string, std::string> models = {{"MRG_DISCRETE", "mrg_discrete"},
                                                     {"MRG_INTERPOLATION", "mrg"},
                                                     {"GAINES_MOTOR", "gaines_motor"},
                                                     {"GAINES_SENSORY", "gaines_sensory"},
                                                     {"PENA", "pena"}};
  int n = 0;
  for (const CsvRow& row : validation::read_csv(validation::folder + "geometry.csv")) {
    const auto model = models.find(row.at("model"));
    if (model == models.end())
      continue;
    const auto number = [&](const char* column) { return std::stod(row.at(column)); };
    const Length diameter = number("diameter_um") * um;
    const FibreModel& m = *find_model(model->second);
    if (diameter < m.min_diameter || diameter > m.max_diameter)
      continue;
    ++n;
    INFO(row.at("model") << " " << row.at("diameter_um") << " " << row.at("compartment") << " "
                         << row.at("index_in_internode"));
    const Cable cable = build(model->second, diameter, 5);
    const std::size_t k = std::stoul(row.at("index_in_internode"));
    const std::size_t i = cable.node(2) + k;
    const Compartment& c = cable.compartment(i);
    // Eight digits are printed.
    const double precision = 1e-6;
    CHECK(c.length_cm * 1e4 == Approx(number("L_um")).epsilon(precision));
    CHECK((cable.centres()[i] - cable.centres()[cable.node(2)]) * 1e6 ==
          Approx(number("center_x_um_from_node_center")).epsilon(precision).margin(1e-9));
    const double area_cm2 = number("membrane_area_um2") * 1e-8;
    CHECK(c.capacitance_uF ==
          Approx(number("cm_uF_cm2_at_diam_NEURON") * area_cm2).epsilon(precision));
    if (c.part != Part::node) {
      CHECK(c.myelin_conductance_mS ==
            Approx(1e3 * number("xg0_S_cm2") * area_cm2).epsilon(precision));
      CHECK(c.myelin_capacitance_uF == Approx(number("xc0_uF_cm2") * area_cm2).epsilon(precision));
    }
  }
  CHECK(n > 300);
}
