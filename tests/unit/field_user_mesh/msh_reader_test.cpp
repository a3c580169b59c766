// The program's own reader of Gmsh files against Gmsh's, field by field, and what it leaves alone.
#include "field/msh_file.hpp"
#include "field/msh_reader.hpp"
#include "gmsh_session.hpp"
#include "support/temporary_folder.hpp"
#include "two_tets.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

using namespace foramen::field;
using Catch::Contains;
using foramen::test::GmshSession;
using foramen::test::MshFormat;
using foramen::tests::read_bytes;
using foramen::tests::replaced;
using foramen::tests::TemporaryFolder;
using foramen::tests::two_tets;
using foramen::tests::write_bytes;

namespace {

const std::vector<MshFormat> formats = {
    {2.2, false}, {2.2, true}, {4.0, false}, {4.1, false}, {4.1, true}};

template <std::size_t N>
void check_same(const MshContent::Cells<N>& a, const MshContent::Cells<N>& b) {
  CHECK(a.nodes == b.nodes);
  CHECK(a.number == b.number);
  CHECK(a.set == b.set);
}

void check_same(const MshContent& a, const MshContent& b) {
  CHECK(a.node_number == b.node_number);
  CHECK(a.nodes == b.nodes); // bit by bit: both round text to the nearest double
  REQUIRE(a.groups.size() == b.groups.size());
  for (std::size_t i = 0; i < a.groups.size(); ++i) {
    CHECK(a.groups[i].dimension == b.groups[i].dimension);
    CHECK(a.groups[i].number == b.groups[i].number);
    CHECK(a.groups[i].name == b.groups[i].name);
  }
  CHECK(a.sets == b.sets);
  check_same(a.tets, b.tets);
  check_same(a.triangles, b.triangles);
  REQUIRE(a.foreign.size() == b.foreign.size());
  for (std::size_t i = 0; i < a.foreign.size(); ++i) {
    CHECK(a.foreign[i].type == b.foreign[i].type);
    CHECK(a.foreign[i].dimension == b.foreign[i].dimension);
    CHECK(a.foreign[i].count == b.foreign[i].count);
    CHECK(a.foreign[i].first == b.foreign[i].first);
  }
}

// What our reader makes of a file that it must read, compared with Gmsh's.
MshContent read_as_gmsh(const std::string& path) {
  const std::string bytes = read_bytes(path);
  MshReading ours = read_msh(bytes);
  CAPTURE(ours.why_not);
  REQUIRE(ours.content);
  check_same(*ours.content, read_msh_by_gmsh(path));
  return *std::move(ours.content);
}

MshContent read_text_as_gmsh(const std::string& text) {
  const TemporaryFolder folder;
  write_bytes(folder / "a.msh", text);
  CAPTURE(text);
  return read_as_gmsh(folder / "a.msh");
}

// Two boxes side by side with groups of every kind: in two groups, without a name, of negative
// orientation, of lines and points, of descending numbers, and surfaces in none.
void mesh_boxes(const GmshSession& session, int order) {
  gmsh::clear();
  gmsh::model::occ::addBox(0, 0, 0, 1, 1, 1, 1);
  gmsh::model::occ::addBox(1, 0, 0, 1, 1, 1, 2);
  gmsh::vectorpair cut;
  std::vector<gmsh::vectorpair> map;
  gmsh::model::occ::fragment({{3, 1}}, {{3, 2}}, cut, map);
  gmsh::model::occ::synchronize();
  gmsh::model::addPhysicalGroup(3, {1}, 9);
  gmsh::model::setPhysicalName(3, 9, "fat; \"");
  gmsh::model::addPhysicalGroup(3, {2}, 4);
  gmsh::model::addPhysicalGroup(2, {3, 2}, 8);
  gmsh::model::setPhysicalName(2, 8, "E 1");
  gmsh::model::addPhysicalGroup(2, {2, 5}, 7);
  gmsh::model::setPhysicalName(2, 7, "E 2");
  gmsh::model::addPhysicalGroup(1, {1}, 7);
  gmsh::model::setPhysicalName(1, 7, "edge");
  gmsh::model::addPhysicalGroup(0, {1}, 1);
  session.size("0.5");
  session.mesh(order);
}

const std::string& version_2 = two_tets;

const std::string version_4 = R"($MeshFormat
4.1 0 8
$EndMeshFormat
$PhysicalNames
2
2 4 "E1"
3 7 "fat"
$EndPhysicalNames
$Entities
1 0 2 1
1 0 0 0 0
5 0 0 0 1 1 1 1 4 0
3 0 0 0 1 1 1 2 6 -4 0
2 0 0 0 1 1 1 1 7 2 5 -3
$EndEntities
$Nodes
2 5 1 15
0 1 0 1
1
0 0 0
3 2 0 4
4
2
15
3
0 0 1
1 0 0
1 1 1
0 1 0
$EndNodes
$Elements
3 4 21 40
3 2 4 2
22 2 3 4 15
21 1 2 3 4
2 3 2 1
30 2 3 4
0 1 15 1
40 1
$EndElements
)";

std::string why_not(const std::string& bytes) {
  const MshReading reading = read_msh(bytes);
  CHECK_FALSE(reading.content);
  return reading.why_not;
}

} // namespace

TEST_CASE("every format of Gmsh's own is read as Gmsh reads it", "[field][user mesh][msh]") {
  const TemporaryFolder folder;
  const GmshSession session;
  for (const int order : {1, 2}) {
    mesh_boxes(session, order);
    for (const bool all : {false, true})
      for (const MshFormat& format : formats) {
        GmshSession::set("Mesh.SaveAll", all ? 1 : 0);
        session.write(folder / "a.msh", format);
        CAPTURE(order, all, format.version, format.binary);
        const MshContent content = read_as_gmsh(folder / "a.msh");
        CHECK(content.tets.nodes.size() > 40);
        CHECK((content.tets.nodes[0][9] >= 0) == (order == 2));
      }
  }
}

TEST_CASE("meshes of other programs are read as Gmsh reads them", "[field][user mesh][msh]") {
  CHECK(read_text_as_gmsh(version_2).node_number.back() == 15);
  const MshContent content = read_text_as_gmsh(version_4);
  CHECK(content.sets == std::vector<std::vector<int>>{{0, 1}, {1}, {2}}); // surfaces 3, 5; volume 2
  for (const char* older : {"2.1 0 8", "2 0 8"})
    read_text_as_gmsh(replaced(replaced(version_2, "2.2 0 8", older),
                               version_2.substr(version_2.find("$Phys"),
                                                version_2.find("$Nodes") - version_2.find("$Phys")),
                               ""));
  // Numbers far apart, in any order; white space; elements in no group, with a third tag.
  std::string text = replaced(version_2, "15 1 1", "1500000000 1 1");
  text = replaced(text, "22 4 2 9 0 2 3 4 15", "9 4 2 9 0 2 3 4 1500000000");
  text = replaced(text, "2 1 0 0\n3 0 1 0", "3 0 1 0\r\n 2 1.0\t0 -0.0 ");
  text = replaced(text, "21 4 2 7 0 1", "2100000000 4 3 0 5 0 1");
  read_text_as_gmsh(text);
  // Nodes of no element, of a point alone, of foreign elements alone.
  text = replaced(version_2, "21 4 2 7 0 1 2 3 4", "21 15 2 7 0 1");
  CHECK(read_text_as_gmsh(text).nodes.size() == 5);
  text = replaced(text, "21 15 2 7 0 1", "21 15 2 7 0 2");
  CHECK(read_text_as_gmsh(text).nodes.size() == 4);
  text = replaced(version_2, "22 4 2 9 0 2 3 4 15", "22 3 2 8 3 2 3 4 15");
  CHECK(read_text_as_gmsh(text).foreign.size() == 1);
  CHECK(read_text_as_gmsh(replaced(version_4, "2 5 1 15\n0 1 0 1\n1\n",
                                   "2 6 1 16\n0 1 0 2\n1\n16\n5 5 5\n"))
            .nodes.size() == 6); // version 4 keeps them
  text = replaced(version_4, "40 1\n", "40 2\n");
  CHECK(read_text_as_gmsh(text).nodes.size() == 5);
}

// No prisms: Gmsh 4.8 frees memory of theirs in a way that the sanitizers stop.
TEST_CASE("foreign elements are counted as Gmsh counts them", "[field][user mesh][msh]") {
  std::string nodes, elements;
  for (int i = 1; i <= 27; ++i)
    nodes += std::to_string(i) + " " + std::to_string(i % 3) + " " + std::to_string(i / 9) + " " +
             std::to_string(i / 3 % 3) + "\n";
  int number = 0;
  const auto add = [&](int type, int group, int n) {
    elements += std::to_string(++number) + " " + std::to_string(type) + " 2 " +
                std::to_string(group) + " 1";
    for (int a = 1; a <= n; ++a)
      elements += " " + std::to_string(a);
    elements += "\n";
  };
  add(7, 5, 5);
  add(5, 5, 8);
  add(5, 3, 8);
  add(5, 5, 8);
  add(17, 13, 20);
  add(12, 14, 27);
  add(16, 5, 8);
  add(3, 6, 4);
  add(10, 7, 9);
  add(19, 13, 13);
  add(14, 14, 14);
  add(21, 15, 10);
  add(29, 15, 20);
  add(27, 5, 5);
  add(8, 6, 3);
  add(11, 5, 10);
  const MshContent content = read_text_as_gmsh(
      "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$Nodes\n27\n" + nodes + "$EndNodes\n$Elements\n" +
      std::to_string(number) + "\n" + elements + "$EndElements\n");
  CHECK(content.foreign.size() == 12);
}

// Gmsh's interface tells the elements of one of the orders alone (4.8).
TEST_CASE("straight and quadratic elements of one group are both read", "[field][user mesh][msh]") {
  std::string text = replaced(version_2, "$Nodes\n5\n",
                              "$Nodes\n11\n5 0.5 0 0\n6 0.5 0.5 0\n7 0 0.5 0\n8 0 0 0.5\n"
                              "9 0 0.5 0.5\n10 0.5 0 0.5\n");
  text = replaced(text, "21 4 2 7 0 1 2 3 4", "21 11 2 9 0 1 2 3 4 5 6 7 8 9 10");
  const MshReading reading = read_msh(text);
  CAPTURE(reading.why_not);
  REQUIRE(reading.content);
  CHECK(reading.content->tets.number == std::vector<std::int64_t>{21, 22});
  // Gmsh's last two edges are 23 and 13: nodes 9 and 10 of the file, 8 and 9 from nought.
  CHECK(reading.content->tets.nodes[0] == std::array<int, 10>{0, 1, 2, 3, 4, 5, 6, 7, 9, 8});
  CHECK(reading.content->tets.nodes[1] == std::array<int, 10>{1, 2, 3, 10, -1, -1, -1, -1, -1, -1});
}

TEST_CASE("sections beside the mesh are passed over", "[field][user mesh][msh]") {
  const std::string data = "$NodeData\n1\n\"v\"\n1\n0.0\n3\n0\n1\n1\n2 0.5\n$EndNodeData\n";
  const std::string periodic = "$Periodic\n0\n$EndPeriodic\n";
  for (const std::string& text : {version_2, version_4})
    CHECK(read_text_as_gmsh(text + periodic + data).tets.nodes.size() == 2);
}

TEST_CASE("what is not plainly a sound mesh is left to Gmsh", "[field][user mesh][msh]") {
  const auto spoilt = [](const std::string& text, const std::string& old, const std::string& with) {
    CAPTURE(old, with);
    return why_not(replaced(text, old, with));
  };
  CHECK(why_not("") == "byte 0: no $MeshFormat");
  CHECK_THAT(spoilt(version_2, "2.2 0 8", "2.2 0 4"), Contains("format 2.2 0 4"));
  CHECK_THAT(spoilt(version_4, "4.1 0 8", "4 1 8"), Contains("format 4 1 8"));
  CHECK_THAT(spoilt(version_2, "2.2 0 8\n", std::string("2.2 1 8\n\0\0\0\1", 12)),
             Contains("the other byte order"));
  CHECK_THAT(spoilt(version_2, "2.2 0 8", "2 0 8"), Contains("names of groups in version 2.0"));
  CHECK_THAT(spoilt(version_2, "\"E1\"", "E1"), Contains("an unusual name"));
  CHECK_THAT(spoilt(version_2, "2 4 \"E1\"", "3 4 \"fat\""), Contains("\"fat\" of dimension 3"));
  CHECK_THAT(spoilt(version_2, "15 1 1", "4 1 1"), Contains("node 4 is there twice"));
  CHECK_THAT(spoilt(version_2, "1 0 0 0", "0 0 0 0"), Contains("node 0"));
  CHECK_THAT(spoilt(version_2, "1 0 0 0", "1 0 0 1e999"), Contains("no number"));
  CHECK_THAT(spoilt(version_2, "1 0 0 0", "1.5 0 0 0"), Contains("no whole number"));
  CHECK_THAT(spoilt(version_2, "1 0 0 0", "4294967297 0 0 0"), Contains("out of range"));
  CHECK_THAT(spoilt(version_2, "$Nodes\n5", "$Nodes\n5000"), Contains("a count of 5000"));
  CHECK_THAT(spoilt(version_2, "$Nodes\n5", "$Nodes\n4"), Contains("no $EndNodes"));
  CHECK_THAT(spoilt(version_2, "3 4 15", "3 4 16"), Contains("of node 16, which is not there"));
  CHECK_THAT(spoilt(version_2, "22 4 2 9 0", "21 4 2 9 0"), Contains("element 21 is there twice"));
  CHECK_THAT(spoilt(version_2, "30 2 2 4 0", "21 2 2 4 0"), Contains("element 21 is there twice"));
  CHECK_THAT(spoilt(version_2, "30 2", "0 2"), Contains("element 0"));
  CHECK_THAT(spoilt(version_2, "30 2 2 4 0", "30 2 2 -4 0"), Contains("below zero"));
  CHECK_THAT(spoilt(version_2, "30 2 2 4 0", "30 2 3 4 0 1"), Contains("a partition"));
  CHECK_THAT(spoilt(version_2, "30 2 2 4 0", "30 2 4 4 0 1 1"), Contains("with 4 tags"));
  CHECK_THAT(spoilt(version_2, "22 4 2", "22 34 2"), Contains("elements of type 34"));
  CHECK_THAT(why_not(version_2 + "$Nodes\n0\n$EndNodes\n"), Contains("a second $Nodes"));
  CHECK_THAT(why_not(version_2 + "$Comments\n$Nodes\n$EndComments\n"), Contains("$Comments"));
  CHECK_THAT(why_not(version_2.substr(0, version_2.find("$Elements"))),
             Contains("no $Elements before it"));
  CHECK_THAT(spoilt(version_2, "4 15\n30 2 2 4 0 2 3 4\n$End", "4 15\n30 2 2 4 0 2 3 4 $End"),
             Contains("no $EndElements"));
  CHECK_THAT(spoilt(version_4, "40 1\n", "4294967297 1\n"), Contains("element 4294967297"));
  CHECK_THAT(spoilt(version_4, "4\n2\n15\n3\n", "4\n2\n4294967297\n3\n"),
             Contains("node 4294967297"));
  CHECK_THAT(spoilt(version_4, "$Entities", "$PartitionedEntities"),
             Contains("a section $PartitionedEntities"));
  CHECK_THAT(spoilt(version_4, "3 0 0 0 1 1 1 2 6", "5 0 0 0 1 1 1 2 6"),
             Contains("entity 5 of dimension 2 is there twice"));
  CHECK_THAT(spoilt(version_4, "6 -4", "6 -6"), Contains("an entity twice in group -6"));
  CHECK_THAT(spoilt(version_4, "6 -4", "6 0"), Contains("group 0"));
  CHECK_THAT(spoilt(version_4, "3 2 0 4", "3 2 1 4"), Contains("parametric nodes"));
  CHECK_THAT(spoilt(version_4, "3 2 0 4", "3 8 0 4"), Contains("entity 8 of dimension 3"));
  CHECK_THAT(spoilt(version_4, "2 5 1 15", "2 4 1 15"), Contains("more nodes"));
  CHECK_THAT(spoilt(version_4, "2 5 1 15", "2 6 1 15"), Contains("fewer nodes"));
  CHECK_THAT(spoilt(version_4, "3 4 21 40", "3 3 21 40"), Contains("more elements"));
  CHECK_THAT(spoilt(version_4, "3 4 21 40", "3 5 21 40"), Contains("fewer elements"));
  CHECK_THAT(spoilt(version_4, "2 3 2 1", "2 3 4 1"), Contains("of type 4 in an entity of dim"));
}

// Truncated and with bytes at random, as the sanitizers see it: what it does read holds together.
TEST_CASE("damaged files neither crash the reader nor leave it with wrong indices",
          "[field][user mesh][msh]") {
  const TemporaryFolder folder;
  const GmshSession session;
  mesh_boxes(session, 2);
  std::mt19937 dice(7);
  const auto try_to_read = [](const std::string& bytes) {
    // On the heap and exactly as long, so that a byte too far is seen.
    const std::vector<char> copy(bytes.begin(), bytes.end());
    const MshReading reading = read_msh({copy.data(), copy.size()});
    if (!reading.content)
      return !reading.why_not.empty();
    const MshContent& c = *reading.content;
    const auto fits = [&](const auto& cells) {
      const auto n_nodes = static_cast<int>(c.nodes.size());
      const auto n_sets = static_cast<int>(c.sets.size());
      return std::all_of(cells.nodes.begin(), cells.nodes.end(),
                         [&](const auto& cell) {
                           return std::all_of(cell.begin(), cell.end(),
                                              [&](int v) { return v >= -1 && v < n_nodes; });
                         }) &&
             std::all_of(cells.set.begin(), cells.set.end(),
                         [&](int s) { return s >= 0 && s < n_sets; });
    };
    return fits(c.tets) && fits(c.triangles) && c.nodes.size() == c.node_number.size();
  };
  std::size_t wrong = 0;
  for (const MshFormat& format : formats) {
    session.write(folder / "a.msh", format);
    const std::string bytes = read_bytes(folder / "a.msh");
    std::uniform_int_distribution<std::size_t> place(0, bytes.size() - 1), n_bytes(1, 5);
    std::uniform_int_distribution<int> byte(0, 255);
    for (int i = 0; i < 150; ++i)
      wrong += try_to_read(bytes.substr(0, place(dice))) ? 0u : 1u;
    for (int i = 0; i < 600; ++i) {
      std::string damaged = bytes;
      for (std::size_t k = n_bytes(dice); k > 0; --k) // often where the counts are
        damaged[i % 2 == 0 ? place(dice) : place(dice) % 2000] = static_cast<char>(byte(dice));
      wrong += try_to_read(damaged) ? 0u : 1u;
    }
  }
  CHECK(wrong == 0);
}
