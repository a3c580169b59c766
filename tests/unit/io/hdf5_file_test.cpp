// What is written reads back to the bit; what is damaged is refused with the reason.
#include "core/error.hpp"
#include "core/random.hpp"
#include "io/atomic_file.hpp"
#include "io/hdf5_file.hpp"
#include "support/temporary_folder.hpp"
#include "unit/io/refused.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <filesystem>
#include <limits>

using namespace foramen;
using namespace foramen::io;
using io::test::Refusal;
using io::test::refused;

namespace {

namespace fs = std::filesystem;

const EnumNames statuses{{"converged", 0}, {"above_ceiling", 1}, {"fires_unstimulated", 7}};

void write_sample(const std::string& path) {
  Hdf5Writer file(path);
  const std::vector<double> distance{1.0, 2.0, 3.0};
  const std::vector<double> threshold{0.1, 0.2, 0.3, 0.4, 0.5, 0.6};
  const std::vector<std::int64_t> seeds{-1, 9223372036854775807};
  const std::vector<int> status{0, 1, 7};
  const std::vector<std::string> names{"motor", "", "sensory \u00B5"};
  file.write_doubles("/axes/distance", distance, {3}, {"mm", "distance from the nerve"});
  file.write_doubles("/results/threshold", threshold, {3, 2}, {"mA", "threshold"},
                     {"/axes/distance", ""});
  file.write_integers("/meta/seeds", seeds, {2}, {"1", "seeds"});
  file.write_enums("/results/status", status, {3}, statuses, "status", {"/axes/distance"});
  file.write_texts("/results/names", names, {3}, "names");
  file.write_number("/meta/elapsed", 2.5, {"s", "time of the run"});
  file.write_integer("/meta/count", 42, {"1", "fibres"});
  file.write_text("/meta/configuration", "[lead]\nmodel = \"octrode\"\n", "resolved study");
  file.attribute("/", "format", std::string("foramen results 1"));
  file.attribute("/meta", "version", 1.5);
  file.commit();
}

void read_sample(const std::string& path) {
  const Hdf5Reader file(path);
  file.attribute_text("/", "format");
  if (file.doubles("/axes/distance") != std::vector<double>{1.0, 2.0, 3.0} ||
      file.doubles("/results/threshold") != std::vector<double>{0.1, 0.2, 0.3, 0.4, 0.5, 0.6} ||
      file.integers("/meta/seeds") != std::vector<std::int64_t>{-1, 9223372036854775807} ||
      file.enums("/results/status") != std::vector<int>{0, 1, 7} ||
      file.enum_names("/results/status") != statuses ||
      file.texts("/results/names") != std::vector<std::string>{"motor", "", "sensory \u00B5"} ||
      file.number("/meta/elapsed") != 2.5 || file.integer("/meta/count") != 42 ||
      file.text("/meta/configuration") != "[lead]\nmodel = \"octrode\"\n" ||
      file.shape("/results/threshold") != Shape{3, 2})
    throw std::logic_error("other values");
}

} // namespace

TEST_CASE("values of every kind read back as written", "[io]") {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "sample.h5";
  write_sample(path);
  CHECK_NOTHROW(read_sample(path));
  const Hdf5Reader file(path);
  CHECK(file.has("/results/threshold"));
  CHECK(file.has("/results"));
  CHECK_FALSE(file.has("/results/absent"));
  CHECK_FALSE(file.has("/absent/threshold"));
  CHECK(file.names("/results") == std::vector<std::string>{"names", "status", "threshold"});
  CHECK(file.shape("/meta/elapsed").empty());
  CHECK(file.doubles("/meta/seeds").front() == -1.0); // integers are numbers
  CHECK(file.attribute_text("/", "format") == "foramen results 1");
  CHECK(file.attribute_number("/meta", "version") == 1.5);
}

TEST_CASE("every dataset carries units and a long name, axes are scales", "[io]") {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "sample.h5";
  write_sample(path);
  const Hdf5Reader file(path);
  for (const std::string group : {"/axes", "/results", "/meta"})
    for (const std::string& name : file.names(group)) {
      CHECK_FALSE(file.attribute_text(group + "/" + name, "units").empty());
      CHECK_FALSE(file.attribute_text(group + "/" + name, "long_name").empty());
    }
  CHECK(file.attribute_text("/results/threshold", "units") == "mA");
  CHECK(file.has_attribute("/axes/distance", "REFERENCE_LIST")); // HDF5's mark of a used scale
  CHECK(file.has_attribute("/results/threshold", "DIMENSION_LIST"));
  CHECK(file.has_attribute("/results/threshold", "DIMENSION_LABELS"));
}

TEST_CASE("large arrays are compressed and keep every bit", "[io]") {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "large.h5";
  core::RandomStream random(1, "hdf5");
  std::vector<double> values(300000);
  for (double& value : values)
    value = std::round(random.normal() * 16.0);
  values[7] = -0.0;
  values[8] = std::numeric_limits<double>::denorm_min();
  {
    Hdf5Writer file(path);
    file.write_doubles("/values", values, {3000, 100}, {"V", "potential"});
    file.commit();
  }
  CHECK(fs::file_size(path) < values.size() * sizeof(double) / 2);
  const std::vector<double> back = Hdf5Reader(path).doubles("/values");
  CHECK(back == values);
  CHECK(std::signbit(back[7]));
}

TEST_CASE("empty arrays and long texts survive", "[io]") {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "edge.h5";
  const std::string text(200000, 'x'); // beyond what an object header holds
  {
    Hdf5Writer file(path);
    file.write_doubles("/none", std::vector<double>{}, {0, 4}, {"V", "nothing"});
    file.write_texts("/no_texts", std::vector<std::string>{}, {0}, "nothing");
    file.write_text("/long", text, "a long text");
    file.write_text("/short", "", "an empty text");
    file.commit();
  }
  const Hdf5Reader file(path);
  CHECK(file.doubles("/none").empty());
  CHECK(file.shape("/none") == Shape{0, 4});
  CHECK(file.texts("/no_texts").empty());
  CHECK(file.text("/long") == text);
  CHECK(file.text("/short").empty());
}

TEST_CASE("equal content gives equal files", "[io]") {
  const tests::TemporaryFolder folder;
  write_sample(folder / "a.h5");
  write_sample(folder / "b.h5");
  CHECK(read_file(folder / "a.h5") == read_file(folder / "b.h5"));
}

TEST_CASE("without a commit nothing is on the disk", "[io]") {
  const tests::TemporaryFolder folder;
  {
    Hdf5Writer file(folder / "never.h5");
    file.write_number("/x", 1.0, {"1", "x"});
  }
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("writing over a file replaces it as a whole", "[io]") {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "file.h5";
  write_sample(path);
  {
    Hdf5Writer file(path);
    file.write_number("/x", 1.0, {"1", "x"});
    CHECK_NOTHROW(read_sample(path)); // still the old one
    file.commit();
  }
  CHECK(Hdf5Reader(path).names("/") == std::vector<std::string>{"x"});
  CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("a dataset without units or name, or of another shape, is our own bug", "[io]") {
  Hdf5Writer file("unused.h5");
  const std::vector<double> two{1.0, 2.0};
  file.write_doubles("/three", std::vector<double>(3), {3}, {"V", "x"});
  CHECK_THROWS_AS(file.write_doubles("/x", two, {2}, {"", "x"}), std::logic_error);
  CHECK_THROWS_AS(file.write_doubles("/x", two, {2}, {"V", ""}), std::logic_error);
  CHECK_THROWS_AS(file.write_doubles("/x", two, {3}, {"V", "x"}), std::logic_error);
  CHECK_THROWS_AS(file.write_doubles("/x", two, {2}, {"V", "x"}, {"/absent"}), std::logic_error);
  CHECK_THROWS_AS(file.write_doubles("/x", two, {2}, {"V", "x"}, {"/three"}), std::logic_error);
  CHECK_THROWS_AS(file.write_doubles("x", two, {2}, {"V", "x"}), std::logic_error);
  file.write_doubles("/y", two, {2}, {"V", "x"});
  CHECK_THROWS_AS(file.write_doubles("/y", two, {2}, {"V", "x"}), std::logic_error);
  const std::vector<int> status{3};
  CHECK_THROWS_AS(file.write_enums("/s", status, {1}, statuses, "status"), std::logic_error);
}

TEST_CASE("HDF5 files that cannot be read say why", "[io]") {
  const tests::TemporaryFolder folder;
  const Refusal missing = refused([] { Hdf5Reader("/no/such/results.h5"); });
  CHECK(missing.place == "/no/such/results.h5");
  CHECK(missing.cause == "cannot be read: No such file or directory");
  CHECK(missing.remedy == "check the path and that you may read the file");
  CHECK(refused([&] { Hdf5Reader file(folder.path()); }).cause == "cannot be read: Is a directory");

  const std::string other = folder / "other.h5";
  write_file(other, "distance,threshold\n1,2\n");
  const Refusal not_hdf5 = refused([&] { Hdf5Reader file(other); });
  CHECK(not_hdf5.place == other);
  CHECK(not_hdf5.cause == "is not an HDF5 file");
  CHECK(not_hdf5.remedy == "give a file that foramen has written; if it is one, it is damaged: "
                           "copy it again or delete it and run again");

  write_file(other, "");
  CHECK(refused([&] { Hdf5Reader file(other); }).cause ==
        "the file is empty: half-written, or not copied whole");
}

TEST_CASE("a file cut off anywhere is refused when it is opened", "[io]") {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "cut.h5";
  write_sample(path);
  const std::string whole = read_file(path);
  // From 25 bytes on more than the seal is lost.
  for (const std::size_t size : {whole.size() - 25, whole.size() / 2, whole.size() / 10}) {
    write_file(path, std::string_view(whole).substr(0, size));
    const Refusal r = refused([&] { Hdf5Reader file(path); });
    CHECK(r.place == path);
    CHECK(r.cause == "the file is cut off: half-written, or not copied whole");
    CHECK(r.remedy == "copy it again or delete it and run again");
  }
}

TEST_CASE("a flipped byte anywhere is refused or changes nothing that is read", "[io]") {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "flipped.h5";
  write_sample(path);
  const std::string whole = read_file(path);
  std::size_t refusals = 0;
  for (std::size_t at = 0; at < whole.size(); at += 3) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    tests::write_bytes(path, damaged);
    try {
      read_sample(path);
    } catch (const core::WorldError& error) {
      ++refusals;
      CHECK(error.place().starts_with(path));
    } // other values would be a std::logic_error and fail here
  }
  CHECK(refusals > whole.size() / 3 - 10); // all but those in the mark of the seal
}

TEST_CASE("without its seal an array is still guarded by HDF5's checksum", "[io]") {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "flipped.h5";
  std::vector<double> values(1000);
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = static_cast<double>(i) + 0.125;
  {
    Hdf5Writer file(path);
    file.write_doubles("/potential", values, {1000}, {"V", "potential"});
    file.commit();
  }
  std::string bytes = tests::read_bytes(path);
  bytes.resize(bytes.size() - 24);
  tests::write_bytes(path, bytes);
  CHECK(Hdf5Reader(path).doubles("/potential") == values);

  const double recognised = values[500];
  const std::size_t at =
      bytes.find(std::string_view(reinterpret_cast<const char*>(&recognised), sizeof recognised));
  REQUIRE(at != std::string::npos);
  bytes[at] = static_cast<char>(bytes[at] ^ 1);
  tests::write_bytes(path, bytes);
  const Refusal r = refused([&] { Hdf5Reader(path).doubles("/potential"); });
  CHECK(r.place == path + ":/potential");
  CHECK(r.cause == "damaged bytes: the checksum does not fit");
  CHECK(r.remedy == "copy it again or delete it and run again; check the disk");
}

TEST_CASE("absent and mistyped datasets are named", "[io]") {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "sample.h5";
  write_sample(path);
  const Hdf5Reader file(path);
  const Refusal absent = refused([&] { file.doubles("/results/impedance"); });
  CHECK(absent.place == path);
  CHECK(absent.cause == "the file has no /results/impedance");
  CHECK(absent.remedy == "it may come from another version of the programme or another kind of "
                         "study; run again to make it anew");
  const Refusal type = refused([&] { file.doubles("/results/names"); });
  CHECK(type.place == path + ":/results/names");
  CHECK(type.cause == "holds texts where numbers are needed");
  CHECK(refused([&] { file.integers("/results/threshold"); }).cause ==
        "holds numbers where integers are needed");
  CHECK(refused([&] { file.doubles("/results/status"); }).cause ==
        "holds statuses where numbers are needed");
  CHECK(refused([&] { file.doubles("/results"); }).cause == "is a group, not a dataset");
  CHECK(refused([&] { file.number("/results/threshold"); }).cause ==
        "has 6 values where one is needed");
  CHECK(refused([&] { file.attribute_text("/", "absent"); }).cause ==
        "has no attribute \"absent\"");
}
