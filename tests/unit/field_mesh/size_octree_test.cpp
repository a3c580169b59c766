#include "core/error.hpp"
#include "field/mesh_exchange.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace foramen::field;
using Eigen::Vector3d;

namespace {

double wanted(const Vector3d& p) { // fine at one point, growing by 0.4 metres per metre
  return std::min(0.1e-3 + 0.4 * (p - Vector3d(7e-3, -3e-3, 11e-3)).norm(), 6e-3);
}

std::string temporary_file() {
  return (std::filesystem::temp_directory_path() /
          ("foramen-exchange-" + std::to_string(::getpid())))
      .string();
}

} // namespace

TEST_CASE("a sampled size follows the wanted one everywhere", "[field][mesh]") {
  const SizeOctree tree = sample_size(wanted, Vector3d::Zero(), 30e-3);
  // A leaf is at most twice as wide as its smallest size h, its centre sqrt(3) h from its corners:
  // between corners the size may vary by 0.4 * sqrt(3) h.
  for (int i = 0; i < 2000; ++i) {
    const Vector3d p = 30e-3 * Vector3d(std::sin(1.0 * i), std::sin(2.3 * i), std::sin(3.1 * i));
    CHECK(tree.at(p) == Approx(wanted(p)).epsilon(0.7));
  }
  CHECK(tree.at(Vector3d(7e-3, -3e-3, 11e-3)) < 0.3e-3); // the fine spot is not overlooked
}

TEST_CASE("a linear size is sampled exactly, and continued outside the cube", "[field][mesh]") {
  const auto linear = [](const Vector3d& p) { return 2e-3 + 0.1 * p[0] - 0.05 * p[2]; };
  const SizeOctree tree = sample_size(linear, Vector3d::Zero(), 10e-3);
  CHECK(tree.at({1.2e-3, 3.4e-3, -5.6e-3}) == Approx(linear({1.2e-3, 0.0, -5.6e-3})).epsilon(1e-6));
  CHECK(tree.at({50e-3, 0.0, 0.0}) == Approx(linear({10e-3, 0.0, 0.0})).epsilon(1e-6));
}

TEST_CASE("the exchange files return what was written", "[field][mesh]") {
  MeshRequest request;
  request.shells.push_back({{Vector3d(1, 2, 3), Vector3d(4, 5, 6)}, {{0, 1, 0}}, 3, true});
  request.size = sample_size(wanted, Vector3d::Zero(), 30e-3);
  request.delaunay = true;
  request.improve_below = 0.125;
  const std::string path = temporary_file();
  write_request(path, request);
  const MeshRequest read = read_request(path);
  REQUIRE(read.shells.size() == 1);
  CHECK(read.shells[0].points == request.shells[0].points);
  CHECK(read.shells[0].triangles == request.shells[0].triangles);
  CHECK(read.shells[0].parent == 3);
  CHECK(read.shells[0].hole);
  CHECK(read.delaunay);
  CHECK(read.improve_below == 0.125);
  const Vector3d p(1e-3, 2e-3, 3e-3);
  CHECK(read.size.at(p) == request.size.at(p));
  std::filesystem::remove(path);
}

TEST_CASE("a flipped byte in an exchange file is found", "[field][mesh]") {
  const std::string path = temporary_file();
  write_reply(path, {{Vector3d(1, 2, 3)}, {{0, 0, 0, 0}}, {0}});
  {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(40);
    file.put('X');
  }
  CHECK_THROWS_WITH(read_reply(path), Catch::Contains("does not match its checksum"));
  std::filesystem::remove(path);
  CHECK_THROWS_WITH(read_reply(path), Catch::Contains("cannot read the mesher's file"));
}
