// A mesh that follows its lead, in a study and in a sweep.

#include "io/atomic_file.hpp"
#include "study/execute.hpp"
#include "study/sweep_run.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace foramen;
using namespace foramen::study;
using tests::TemporaryFolder;

namespace {

const std::string text = R"([anatomy]
model = "homogeneous"
conductivity = "0.2 S/m"
[lead]
model = "drg_slimtip"
position = "10 mm"
[field]
resolution = "draft"
refine = 0.4
[populations.alpha_motor]
model = "mrg"
count = 10
[programmes.motor]
contacts = ["E2- case+"]
pulse = { shape = "biphasic", width = "210 us" }
[thresholds]
tolerance = 0.001
[output]
field_file = false
fibre_file = false
slice_extent = "4 mm"
)";
const std::string followed = text + "[lead.mesh_pose]\nposition = \"10 mm\"\n";

std::string without_estimate(std::string toml) {
  return toml.insert(toml.find("refine"), "estimate = false\n");
}

struct Listener : Progress {
  std::string notes;
  void note(const std::string& line) override { notes += line + "\n"; }
};

StudyResult run(const std::string& toml, const std::string& position, Cache& cache,
                const TemporaryFolder& folder) {
  auto document = config::Document::from_text(toml, "study.toml");
  document.override_with("lead.position=" + position);
  return execute(read_study(document), folder.path(), cache).result;
}

std::vector<response::ThresholdResult> thresholds(const StudyResult& result) {
  return result.populations[0].thresholds[0];
}

} // namespace

TEST_CASE("a point of a sweep is that of a run, whatever was solved before", "[study][runs]") {
  const TemporaryFolder folder;
  Cache one(folder / "one"), other(folder / "other");
  run(followed, "10.2 mm", one, folder);
  const StudyResult after = run(followed, "10.4 mm", one, folder);
  const StudyResult alone = run(followed, "10.4 mm", other, folder);
  CHECK(after.impedance == alone.impedance); // to the bit
  const auto a = thresholds(after), b = thresholds(alone);
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i)
    CHECK(a[i].threshold.si() == b[i].threshold.si());
  // The mesh is another than a fresh one, and the intervals of both hold one truth.
  const auto fresh = thresholds(run(text, "10.4 mm", other, folder));
  bool differ = false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    differ |= a[i].threshold.si() != fresh[i].threshold.si();
    const double brackets = 2e-3, allowed = a[i].field_error + fresh[i].field_error + brackets;
    CHECK(std::abs(std::log(a[i].threshold.si() / fresh[i].threshold.si())) < allowed);
  }
  CHECK(differ);
}

TEST_CASE("where a mesh cannot follow, the lead gets one of its own", "[study][runs]") {
  const TemporaryFolder folder;
  Cache cache(folder / "cache");
  Listener listener;
  auto document = config::Document::from_text(without_estimate(followed), "study.toml");
  document.override_with("lead.position=40 mm");
  const StudyResult far = execute(read_study(document), folder.path(), cache, listener).result;
  CHECK_THAT(listener.notes, Catch::Contains("mesh: that of mesh_pose cannot follow the lead so "
                                             "far; made anew"));
  CHECK(far.impedance == run(without_estimate(text), "40 mm", cache, folder).impedance);
}

TEST_CASE("a sweep over poses says that one mesh could follow", "[study][runs]") {
  const TemporaryFolder folder;
  Cache cache(folder / "cache");
  Listener listener;
  const auto sweep = [&](const std::string& toml) {
    listener.notes.clear();
    io::write_file(folder / "study.toml", toml + "[sweep]\n\"lead.position\" = [\"10 mm\"]\n");
    const Shard without_points{1, 2};
    run_sweep(folder / "study.toml", {}, without_points, folder.path(), cache, listener);
    return listener.notes;
  };
  CHECK_THAT(sweep(text), Catch::Contains("[lead.mesh_pose]"));
  CHECK_THAT(sweep(followed), !Catch::Contains("[lead.mesh_pose]"));
}
