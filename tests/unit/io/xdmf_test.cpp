// The pair of files that ParaView opens.
#include "io/atomic_file.hpp"
#include "io/hdf5_file.hpp"
#include "io/xdmf.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <array>

using namespace foramen::io;
namespace tests = foramen::tests;

namespace {

// One quadratic tetrahedron, its midpoints in the documented order.
const std::vector<std::array<double, 3>> corners{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
const std::vector<std::array<int, 2>> edges{{0, 1}, {1, 2}, {0, 2}, {0, 3}, {1, 3}, {2, 3}};

std::vector<double> nodes() {
  std::vector<double> x;
  for (const auto& corner : corners)
    x.insert(x.end(), corner.begin(), corner.end());
  for (const auto& [a, b] : edges)
    for (std::size_t i = 0; i < 3; ++i)
      x.push_back(0.5 * (corners[static_cast<std::size_t>(a)][i] +
                         corners[static_cast<std::size_t>(b)][i]));
  return x;
}

} // namespace

TEST_CASE("mesh and fields are written as XDMF and HDF5 that agree", "[io]") {
  const tests::TemporaryFolder folder;
  const std::string stem = folder / "field";
  const std::vector<double> x = nodes();
  const std::vector<int> element{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  std::vector<double> phi(10), vectors(30, 0.5);
  for (std::size_t i = 0; i < 10; ++i)
    phi[i] = static_cast<double>(i);
  const std::vector<double> region{3.0};
  write_xdmf(stem, {x, element},
             {{"phi <E1/E2>", "V", "potential", phi}, {"E", "V/m", "field", vectors}},
             {{"region", "1", "region", region}});

  const Hdf5Reader file(stem + ".h5");
  CHECK(file.doubles("/mesh/nodes") == x);
  CHECK(file.ints("/mesh/elements") == element);
  CHECK(file.doubles("/node_fields/phi <E1_E2>") == phi);
  CHECK(file.shape("/node_fields/E") == Shape{10, 3});
  CHECK(file.doubles("/cell_fields/region") == region);

  const std::string xml = read_file(stem + ".xdmf");
  const auto has = [&](const std::string& text) { return xml.find(text) != std::string::npos; };
  CHECK(has("<Topology TopologyType=\"Tetrahedron_10\" NumberOfElements=\"1\">"));
  CHECK(has("<DataItem Dimensions=\"1 10\" NumberType=\"Int\" Precision=\"4\" "
            "Format=\"HDF\">field.h5:/mesh/elements</DataItem>"));
  CHECK(has("<DataItem Dimensions=\"10 3\" NumberType=\"Float\" Precision=\"8\" "
            "Format=\"HDF\">field.h5:/mesh/nodes</DataItem>"));
  CHECK(has("<Attribute Name=\"phi &lt;E1/E2&gt;\" AttributeType=\"Scalar\" Center=\"Node\">"));
  CHECK(has("field.h5:/node_fields/phi &lt;E1_E2&gt;</DataItem>"));
  CHECK(has("<Attribute Name=\"E\" AttributeType=\"Vector\" Center=\"Node\">"));
  CHECK(has("<Attribute Name=\"region\" AttributeType=\"Scalar\" Center=\"Cell\">"));
}

TEST_CASE("fields that fit neither nodes nor elements are our own bug", "[io]") {
  const tests::TemporaryFolder folder;
  const std::vector<double> x = nodes();
  const std::vector<int> element{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  const std::vector<double> seven(7);
  CHECK_THROWS_AS(
      write_xdmf(folder / "field", {x, element}, {{"phi", "V", "potential", seven}}, {}),
      std::logic_error);
}

TEST_CASE("polylines of two kinds are written with the numbers that the XML promises", "[io]") {
  const tests::TemporaryFolder folder;
  const std::string stem = folder / "fibres";
  const std::vector<double> five(15, 0.25), two(6, 1.0), phi{1, 2, 3, 4, 5}, phi2{6, 7};
  const std::vector<double> diameter{10, 12}, diameter2{8};
  write_polylines(stem, {{"motor",
                          five,
                          {3, 2},
                          {{"phi", "ohm", "potential", phi}},
                          {{"diameter", "um", "diameter", diameter}}},
                         {"sensory",
                          two,
                          {2},
                          {{"phi", "ohm", "potential", phi2}},
                          {{"diameter", "um", "diameter", diameter2}}}});

  const Hdf5Reader file(stem + ".h5");
  CHECK(file.ints("/motor/lines") == std::vector<int>{2, 3, 0, 1, 2, 2, 2, 3, 4});
  CHECK(file.shape("/motor/points") == Shape{5, 3});
  CHECK(file.doubles("/motor/point_fields/phi") == phi);
  CHECK(file.doubles("/sensory/line_fields/diameter") == diameter2);

  const std::string xml = read_file(stem + ".xdmf");
  const auto has = [&](const std::string& text) { return xml.find(text) != std::string::npos; };
  CHECK(has("<Grid Name=\"lines\" GridType=\"Collection\" CollectionType=\"Spatial\">"));
  CHECK(has("<Topology TopologyType=\"Mixed\" NumberOfElements=\"2\">"));
  CHECK(has("<DataItem Dimensions=\"9\" NumberType=\"Int\" Precision=\"4\" "
            "Format=\"HDF\">fibres.h5:/motor/lines</DataItem>"));
  CHECK(has("<DataItem Dimensions=\"5 3\" NumberType=\"Float\" Precision=\"8\" "
            "Format=\"HDF\">fibres.h5:/motor/points</DataItem>"));
  CHECK(has("fibres.h5:/sensory/line_fields/diameter</DataItem>"));
  std::size_t opened = 0, closed = 0;
  for (std::size_t i = xml.find("<Grid"); i != std::string::npos; i = xml.find("<Grid", i + 1))
    ++opened;
  for (std::size_t i = xml.find("</Grid>"); i != std::string::npos; i = xml.find("</Grid>", i + 1))
    ++closed;
  CHECK(opened == 3);
  CHECK(closed == opened);
}

TEST_CASE("a line of one point is our own bug", "[io]") {
  const tests::TemporaryFolder folder;
  const std::vector<double> point(3);
  CHECK_THROWS_AS(write_polylines(folder / "fibres", {{"motor", point, {1}, {}, {}}}),
                  std::logic_error);
}
