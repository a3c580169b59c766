#include "io/hdf5_file.hpp"
#include "study/execute.hpp"
#include "study/run_study.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace foramen;
using namespace foramen::study;

namespace {

// A coarse mesh, few fibres, brackets of 1e-3.
Study read(const std::string& control) {
  auto document = config::Document::from_text(R"([anatomy]
model = "homogeneous"
conductivity = "0.2 S/m"
[lead]
model = "drg_slimtip"
[field]
resolution = "draft"
refine = 0.4
[populations.alpha_motor]
model = "mrg"
count = 3
[programmes.motor]
contacts = ["E2- case+", "E1- E3+", "E1- E2- E4+"]
control = ")" + control + R"("
pulse = { shape = "biphasic", width = "210 us" }
[thresholds]
tolerance = 0.001
[generator]
series = "80 ohm"
[output]
field_file = false
fibre_file = false
slice_extent = "4 mm"
)",
                                              "study.toml");
  return read_study(document);
}

std::string first_line(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

} // namespace

TEST_CASE("a run held at voltages tells those that its impedances make of the currents",
          "[study][runs]") {
  const tests::TemporaryFolder folder;
  Cache cache(folder / "cache");
  const Run amperes = run_study(read("current"), cache);
  const Outcome held = execute(read("voltage"), folder.path(), cache);
  const io::Hdf5Reader volts(folder / "results.h5");
  CHECK(volts.attribute_text("/programmes", "control") == "voltage");
  for (const std::string name :
       {"/summary/motor", "/summary/motor_low", "/summary/motor_high", "/summary/working_amplitude",
        "/recruitment/amplitude", "/populations/alpha_motor/threshold",
        "/populations/alpha_motor/below", "/populations/alpha_motor/silent_from"})
    CHECK(volts.attribute_text(name, "units") == "V");
  CHECK_THAT(first_line(folder / "thresholds.csv"), Catch::Contains("threshold [V],below [V]"));
  CHECK_THAT(first_line(folder / "recruitment.csv"), Catch::Contains("amplitude [V]"));
  CHECK_THAT(first_line(folder / "summary.csv"),
             Catch::Contains("working_amplitude [V],working_current [mA]"));

  // The field is the same; its impedances give the loads in closed form, with 80 ohm per contact.
  const auto z = volts.doubles("/field/impedance");
  REQUIRE(z[2] == amperes.result.impedance(2, 0));
  const auto load = volts.doubles("/programmes/load");
  // 1e-5: the solver's tolerance, by which the matrix is not symmetric.
  CHECK(load[0] == Approx(z[5] + 80.0).epsilon(1e-5));
  CHECK(load[1] == Approx(z[0] + z[10] - z[2] - z[8] + 2.0 * 80.0).epsilon(1e-5));
  CHECK(held.result.drive.loads[0].in(ohm) == load[0]);

  const auto& current = amperes.result.populations[0].thresholds;
  const auto voltage = volts.doubles("/populations/alpha_motor/threshold"); // V
  for (std::size_t i = 0; i < 2; ++i) // where the currents are the same
    for (std::size_t k = 0; k < 3; ++k)
      CHECK(voltage[3 * i + k] ==
            Approx(load[i] * current[i][k].threshold.si()).epsilon(1e-3)); // the brackets
  // E1 at the array's end meets a higher impedance than E2, or they would share equally.
  const auto weights = volts.doubles("/programmes/weights");
  CHECK(weights[8] + weights[9] == Approx(1.0));
  CHECK(std::abs(weights[8] - weights[9]) > 1e-3);
  CHECK(weights[10] == 0.0);
  const auto charge = volts.doubles("/summary/charge_per_phase"); // uC, of the larger share
  const auto working = volts.doubles("/summary/working_current"); // mA
  CHECK(charge[0] == Approx(0.21 * working[0]));
  CHECK(volts.doubles("/summary/voltage")[2] ==
        Approx(volts.doubles("/summary/working_amplitude")[2]).epsilon(1e-5));
}
