#include "field/unit_potentials.hpp"
#include "io/hdf5_file.hpp"
#include "study/execute.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <numbers>

using namespace foramen;
using namespace foramen::study;

namespace {

// Two leads of four contacts, mirror images of each other beside a straight nerve; a coarse mesh.
Study read() {
  auto document = config::Document::from_text(R"([anatomy]
model = "homogeneous"
conductivity = "0.2 S/m"
[leads.left]
model = "drg_slimtip"
angle = "90 deg"
[leads.right]
model = "drg_slimtip"
angle = "270 deg"
[field]
resolution = "draft"
refine = 0.4
[populations.alpha_motor]
model = "mrg"
count = 3
[programmes.motor]
contacts = ["left:E2- right:E2+", "left:E2- case+"]
pulse = { shape = "biphasic", width = "210 us" }
[thresholds]
tolerance = 0.01
[output]
field_file = false
slice_extent = "4 mm"
)",
                                              "study.toml");
  return read_study(document);
}

} // namespace

TEST_CASE("two leads run through one mesh, each of its contacts by name", "[study][runs]") {
  const tests::TemporaryFolder folder;
  Cache cache(folder / "cache");
  const Study study = read();
  const Outcome outcome = execute(study, folder.path(), cache);
  const Eigen::MatrixXd& z = outcome.result.impedance;
  REQUIRE(z.rows() == 8);
  for (Eigen::Index i = 0; i < 4; ++i) {
    // Mirror images: equal but for two coarse meshes of them (0.15 %).
    CHECK(z(i, i) == Approx(z(i + 4, i + 4)).epsilon(0.01));
    // The contact opposite, 8.5 mm away, has a point source's 1 / (4 pi sigma r) less that of the
    // ball's ground, 100 mm away; what the leads' insulating bodies add is of the order of their
    // radius over r, squared: 1 % (measured: 0.8 %).
    const double r = (study.contacts[static_cast<std::size_t>(i)].centre -
                      study.contacts[static_cast<std::size_t>(i) + 4].centre)
                         .norm();
    CHECK(z(i, i + 4) ==
          Approx((1.0 / r - 1.0 / 0.1) / (4.0 * std::numbers::pi * 0.2)).epsilon(0.03));
  }
  CHECK_THAT(outcome.table, Catch::Contains("left:E2- right:E2+"));
  const io::Hdf5Reader file(folder / "results.h5");
  CHECK(file.texts("/lead/contact")[5] == "right:E2");
  CHECK(file.texts("/lead/name") == std::vector<std::string>{"left", "right"});
  CHECK(file.shape("/lead/direction") == io::Shape{2, 3});
  CHECK(file.shape("/lead/centre_in_nerve_frame") == io::Shape{2, 2});
  CHECK(file.shape("/programmes/weights") == io::Shape{2, 8});
  const io::Hdf5Reader fibres(folder / "fibres.h5");
  const std::vector<std::string> found = fibres.names("/alpha_motor/point_fields");
  CHECK(std::count(found.begin(), found.end(), "potential_right_E2") == 1);
}
