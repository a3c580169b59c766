#include "config/table.hpp"
#include "io/hdf5_file.hpp"
#include "study/execute.hpp"
#include "study/fibre_lines.hpp"
#include "study/run_study.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace foramen;
using namespace foramen::study;

namespace {

// A straight nerve beside a point source, fibres of one model.
Study read(const std::string& population) {
  auto document = config::Document::from_text(R"(
[anatomy]
model = "homogeneous"
conductivity = "0.2 S/m"
[lead]
model = "drg_slimtip"
clearance = "1 mm"
[field]
kind = "point_sources"
[programmes.motor]
contacts = ["E1- case+"]
pulse = { shape = "monophasic", width = "200 us" }
[thresholds]
tolerance = 0.1
[populations.fibres]
)" + population,
                                              "study.toml");
  return read_study(document);
}

double potential(const Vector3d& p, const Vector3d& source) {
  return 1.0 / (4.0 * std::numbers::pi * 0.2 * (p - source).norm());
}

// The fibre of a study, and its potentials from the pipeline.
struct Sampled {
  Study study;
  std::vector<PlacedFibre> fibres;
  FibreLine line;
};
Sampled sampled(const std::string& population) {
  Study study = read(population);
  const tests::TemporaryFolder folder;
  Cache cache(folder.path());
  const auto fibres = place_fibres(study.anatomy.nerve, study.populations[0], study.seed);
  const FibrePotentials potentials =
      fibre_potentials(study, nullptr, study.populations[0], fibres, cache, core::silent());
  FibreLine line = fibre_line(study.anatomy.nerve, fibres[0], potentials[0],
                              study.leads[0].model.contacts.size());
  return {std::move(study), fibres, std::move(line)};
}

} // namespace

TEST_CASE("the activating function of a point source approaches its closed form as 1 / 4 per "
          "halving",
          "[study]") {
  // V = c / sqrt(z^2 + h^2): d2V/dz2 = c (2 z^2 - h^2) / (z^2 + h^2)^(5/2).
  const double h = 3e-3, c = 1.0 / (4.0 * std::numbers::pi * 0.2);
  const auto error = [&](double spacing) {
    std::vector<double> v;
    const int half = static_cast<int>(std::lround(12e-3 / spacing));
    for (int i = -half; i <= half; ++i)
      v.push_back(c / std::hypot(i * spacing, h));
    const std::vector<double> f = activating_function(v, spacing);
    double worst = 0.0;
    for (int i = -half + 1; i < half; ++i) {
      const double z = i * spacing, r2 = z * z + h * h;
      const double exact = c * (2.0 * z * z - h * h) / std::pow(r2, 2.5);
      worst = std::max(worst, std::abs(f[static_cast<std::size_t>(i + half)] - exact));
    }
    return worst / (c / std::pow(h, 3)); // of the value at z = 0
  };
  CHECK(error(0.1e-3) < 2e-3);
  CHECK(error(0.2e-3) / error(0.1e-3) == Approx(4.0).epsilon(0.02)); // second order
  CHECK(activating_function(std::vector<double>{1.0, 5.0}, 1.0) == std::vector<double>{0.0, 0.0});
}

TEST_CASE("a myelinated fibre has a point per node and the second difference of Ve there",
          "[study]") {
  const Sampled s = sampled("model = \"mrg\"\ndiameter = \"12 um\"\ncount = 1\n");
  const FibreLine& line = s.line;
  const std::size_t n = s.fibres[0].cable.n_nodes();
  REQUIRE(line.points.size() == n);
  CHECK(line.spacing == Approx(s.fibres[0].cable.internode_length().si()));
  for (std::size_t c = 0; c < s.study.leads[0].model.contacts.size(); ++c) {
    const Vector3d source = s.study.leads[0].contact_centre(c);
    const auto v = [&](std::size_t j) { return potential(line.points[j], source); };
    const double at_most = v(0) > 0.0 ? 1.0 / (4.0 * std::numbers::pi * 0.2 * 1e-3) : 0.0;
    for (std::size_t j = 1; j + 1 < n; ++j) {
      CHECK((line.points[j + 1] - line.points[j]).norm() == Approx(line.spacing).epsilon(1e-9));
      // The spline through stations 0.25 mm apart at 1 mm from the source.
      CHECK(line.potential[c * n + j] == Approx(v(j)).epsilon(0.0).margin(1e-4 * at_most));
      const double exact = (v(j - 1) - 2.0 * v(j) + v(j + 1)) / (line.spacing * line.spacing);
      CHECK(line.activating[c * n + j] ==
            Approx(exact).epsilon(0.0).margin(4e-4 * at_most / (line.spacing * line.spacing)));
    }
    CHECK(line.activating[c * n] == 0.0);
    CHECK(line.activating[c * n + n - 1] == 0.0);
  }
}

TEST_CASE("an unmyelinated fibre is thinned to the spacing at which the potential is sampled",
          "[study]") {
  const Sampled s = sampled("model = \"sundt\"\ndiameter = \"0.8 um\"\ncount = 1\n");
  const double compartment = s.fibres[0].cable.internode_length().si();
  REQUIRE(compartment < station_spacing);
  CHECK(s.line.spacing >= station_spacing * (1.0 - 1e-9));
  CHECK(s.line.spacing < station_spacing + compartment);
  CHECK((s.line.points[1] - s.line.points[0]).norm() == Approx(s.line.spacing));
}

TEST_CASE("a run writes its fibres for ParaView and the first to fire into results.h5", "[study]") {
  const Study study = read("model = \"mrg\"\ncount = 3\nrole = \"motor\"\n"
                           "diameters = \"alpha_motor\"\n");
  const tests::TemporaryFolder folder;
  Cache cache(folder.path());
  const Outcome outcome = execute(study, folder.path(), cache, core::silent());
  const io::Hdf5Reader fibres(folder / "fibres.h5"), results(folder / "results.h5");
  const std::size_t n = fibres.shape("/fibres/points")[0];
  CHECK(fibres.shape("/fibres/point_fields/activating_function_E1") == io::Shape{n});
  CHECK(fibres.shape("/fibres/lines") == io::Shape{n + 2 * 3});
  const std::vector<double> threshold = fibres.doubles("/fibres/line_fields/threshold");
  REQUIRE(threshold.size() == 3);
  CHECK(threshold == results.doubles("/populations/fibres/threshold"));

  const auto first = static_cast<std::size_t>(std::min_element(threshold.begin(), threshold.end()) -
                                              threshold.begin());
  CHECK(results.attribute_number("/along_fibre/fibres", "fibre") == static_cast<double>(first));
  const std::size_t nodes = results.shape("/along_fibre/fibres/position")[0];
  CHECK(results.shape("/along_fibre/fibres/activating_function") ==
        io::Shape{study.leads[0].model.contacts.size(), nodes});
  CHECK(outcome.result.populations[0].fibres[first].cable.n_nodes() == nodes);
}
