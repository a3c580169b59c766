#include "core/error.hpp"
#include "field/msh_file.hpp"
#include "support/temporary_folder.hpp"
#include "two_tets.hpp"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace foramen::field;
using Catch::Contains;
using foramen::core::ConfigError;
using foramen::core::WorldError;
using foramen::tests::TemporaryFolder;
using foramen::tests::two_tets;
using foramen::tests::write_bytes;

namespace {

std::string replaced(const std::string& old, const std::string& with) {
  return foramen::tests::replaced(two_tets, old, with);
}

struct Refusal {
  int code;
  std::string place, cause, remedy;
};

Refusal refused(const std::string& path, const MesherOptions& options = {}) {
  try {
    read_msh_file(path, options);
  } catch (const foramen::core::Error& error) {
    return {static_cast<int>(error.exit_code()), error.place(), error.cause(), error.remedy()};
  }
  FAIL("no error");
  return {};
}

Refusal refused_text(const std::string& text) {
  const TemporaryFolder folder;
  write_bytes(folder / "a.msh", text);
  Refusal refusal = refused(folder / "a.msh");
  CHECK(refusal.place == folder / "a.msh");
  CHECK(refusal.code == 2);
  return refusal;
}

// A shell script in place of the mesher.
std::string fake_mesher(const TemporaryFolder& folder, const std::string& body) {
  write_bytes(folder / "mesher", "#!/bin/sh\n" + body + "\n");
  std::filesystem::permissions(folder / "mesher", std::filesystem::perms::owner_all);
  return folder / "mesher";
}

} // namespace

TEST_CASE("nodes, elements and groups come with the file's own numbers", "[field][user mesh]") {
  const TemporaryFolder folder;
  write_bytes(folder / "two.geo", two_tets); // whatever it is called
  const MshContent content = read_msh_file(folder / "two.geo");
  CHECK(content.node_number == std::vector<std::int64_t>{1, 2, 3, 4, 15});
  CHECK(content.nodes[4] == Vector3d(1, 1, 1.25e-3));
  CHECK(content.tets.number == std::vector<std::int64_t>{21, 22});
  CHECK(content.tets.nodes[1] == std::array<int, 10>{1, 2, 3, 4, -1, -1, -1, -1, -1, -1});
  CHECK(content.triangles.number == std::vector<std::int64_t>{30});
  const auto group_of = [&](int set) {
    const std::vector<int>& groups = content.sets[static_cast<std::size_t>(set)];
    REQUIRE(groups.size() == 1);
    return content.groups[static_cast<std::size_t>(groups[0])];
  };
  CHECK(group_of(content.tets.set[0]).name == "fat");
  CHECK(group_of(content.tets.set[1]).number == 9);  // each element's own, although elementary
  CHECK(group_of(content.tets.set[1]).name.empty()); // numbers agree
  CHECK(group_of(content.triangles.set[0]).name == "E1");
  CHECK(group_of(content.triangles.set[0]).dimension == 2);
}

TEST_CASE("elements of other kinds are counted", "[field][user mesh]") {
  const TemporaryFolder folder;
  write_bytes(folder / "a.msh", replaced("22 4 2 9 0 2 3 4 15", "22 7 2 9 0 1 2 3 4 15"));
  const MshContent content = read_msh_file(folder / "a.msh");
  REQUIRE(content.foreign.size() == 1);
  CHECK_THAT(content.foreign[0].type, Contains("Pyramid"));
  CHECK(content.foreign[0].first == 22);
}

TEST_CASE("files that are not whole Gmsh meshes are refused", "[field][user mesh]") {
  const Refusal absent = refused("/nowhere/a.msh");
  CHECK(absent.cause == "the mesh cannot be read: No such file or directory");
  CHECK(absent.code == 2);
  CHECK_THAT(refused("/").cause, Contains("Is a directory"));
  CHECK(refused_text("").cause == "the file is empty");
  CHECK(refused_text("solid cube\n").cause ==
        "it is not a Gmsh mesh: it does not begin with $MeshFormat");
  const Refusal old = refused_text("$NOD\n4\n");
  CHECK(old.cause == "it is a Gmsh mesh of version 1; versions 2 to 2.2, 4.0 and 4.1 are read");
  CHECK_THAT(old.remedy, Contains("-format msh41"));
  CHECK_THAT(refused_text(replaced("2.2 0 8", "3 0 8")).cause, Contains("of version 3;"));
  CHECK_THAT(refused_text(replaced("2.2 0 8", "5.1 0 8")).cause, Contains("of version 5.1;"));
  CHECK(refused_text(two_tets.substr(0, two_tets.find("22 4"))).cause ==
        "it ends within its section $Elements");
  CHECK(refused_text(two_tets.substr(0, two_tets.find("$Elements"))).cause ==
        "it has no section $Elements");
}

TEST_CASE("what Gmsh cannot read is told in its words", "[field][user mesh]") {
  const Refusal node = refused_text(replaced("2 3 4 15\n", "2 3 4 55\n"));
  CHECK_THAT(node.cause, Catch::StartsWith("Gmsh cannot read the mesh; its last words: "));
  CHECK_THAT(node.cause, Contains("Wrong node index 55"));
  CHECK_THAT(refused_text(replaced("21 4 2", "21 444 2")).cause, Contains("444"));
  CHECK_THAT(refused_text(replaced("15 1 1 1", "15 one 1 1")).cause,
             Catch::StartsWith("Gmsh cannot read the mesh"));
  const Refusal number = refused_text(replaced("15 1 1 1", "15 1 nan 1"));
  CHECK(number.cause == "node 15 has a coordinate that is not a number");
}

TEST_CASE("a reader that crashes or loops gives a message", "[field][user mesh]") {
  const TemporaryFolder folder;
  write_bytes(folder / "a.msh", two_tets + "$Comments\n$EndComments\n"); // left to Gmsh
  const Refusal crash =
      refused(folder / "a.msh", {.program = fake_mesher(folder, "echo hm; kill -11 $$")});
  CHECK(crash.code == 3);
  CHECK(crash.place == folder / "a.msh");
  CHECK_THAT(crash.cause, Contains("was ended by signal 11 (Segmentation fault) while it read the "
                                   "mesh; its last words: hm"));
  const Refusal loop = refused(
      folder / "a.msh", {.time_limit_s = 0.2, .program = fake_mesher(folder, "exec sleep 9")});
  CHECK(loop.cause == "Gmsh did not read it within the time limit of 0.2 s");
  CHECK_THAT(loop.remedy, Contains("field.mesher_time_limit"));
  CHECK_THAT(refused(folder / "a.msh", {.program = "/nowhere/mesher"}).cause,
             Contains("cannot start the program"));
}
