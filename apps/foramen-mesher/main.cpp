// foramen-mesher REQUEST REPLY: fills closed surfaces with tetrahedra by Gmsh.
// foramen-mesher --read FILE.msh REPLY: reads a user's mesh by Gmsh.
//
// Started by field::make_mesh and, for files that field::read_msh leaves to Gmsh, by
// field::read_msh_by_gmsh, in a process of its own because a mesher may
// loop for ever, and a reader crash on what it was not written for. The shells of the request
// become discrete surfaces, the space between a shell and its children one volume; the surfaces'
// triangles are kept. One thread, so the same request gives the same reply. Lengths are in
// millimetres within Gmsh. Exit codes: 0 done, 1 with Gmsh's messages on standard error.
#include "core/error.hpp"
#include "field/mesh_exchange.hpp"
#include "read_msh.hpp"

#include <gmsh.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <numeric>
#include <string>
#include <string_view>
#include <sys/prctl.h>
#include <unordered_map>

namespace {

using foramen::field::MeshReply;
using foramen::field::MeshRequest;

constexpr double mm_per_m = 1e3;
constexpr int triangle = 2, tetrahedron = 4; // Gmsh's element types

void set_options(const MeshRequest& request) {
  auto set = [](const char* name, double value) { gmsh::option::setNumber(name, value); };
  set("General.NumThreads", 1);
  set("General.Terminal", 1);
  set("General.Verbosity", 3);
  set("Mesh.Algorithm3D", request.delaunay ? 1 : 10);
  set("Mesh.OptimizeThreshold", request.improve_below);
  set("Mesh.MeshSizeFromPoints", 0);
  set("Mesh.MeshSizeFromCurvature", 0);
  set("Mesh.MeshSizeExtendFromBoundary", request.size.empty() ? 1 : 0);
  set("Mesh.Renumber", 0);
}

void add_shells(const MeshRequest& request) {
  std::size_t next_node = 1, next_element = 1;
  for (std::size_t i = 0; i < request.shells.size(); ++i) {
    const MeshRequest::Shell& shell = request.shells[i];
    std::vector<std::size_t> tags(shell.points.size());
    std::iota(tags.begin(), tags.end(), next_node);
    std::vector<double> coordinates;
    coordinates.reserve(3 * shell.points.size());
    for (const Eigen::Vector3d& p : shell.points)
      for (int d = 0; d < 3; ++d)
        coordinates.push_back(mm_per_m * p[d]);
    std::vector<std::size_t> elements(shell.triangles.size()), corners;
    std::iota(elements.begin(), elements.end(), next_element);
    for (const auto& t : shell.triangles)
      for (const int v : t)
        corners.push_back(next_node + static_cast<std::size_t>(v));
    const int tag = static_cast<int>(i) + 1;
    gmsh::model::addDiscreteEntity(2, tag);
    gmsh::model::mesh::addNodes(2, tag, tags, coordinates);
    gmsh::model::mesh::addElementsByType(tag, triangle, elements, corners);
    next_node += tags.size();
    next_element += elements.size();
  }
}

void add_regions(const MeshRequest& request) {
  const int n = static_cast<int>(request.shells.size());
  for (int i = 0; i < n; ++i)
    gmsh::model::geo::addSurfaceLoop({i + 1}, i + 1);
  for (int i = 0; i < n; ++i) {
    if (request.shells[static_cast<std::size_t>(i)].hole)
      continue;
    std::vector<int> loops{i + 1};
    for (int child = 0; child < n; ++child)
      if (request.shells[static_cast<std::size_t>(child)].parent == i)
        loops.push_back(child + 1);
    gmsh::model::geo::addVolume(loops, i + 1);
  }
  gmsh::model::geo::synchronize();
}

MeshReply collect(const MeshRequest& request) {
  MeshReply reply;
  for (const MeshRequest::Shell& shell : request.shells)
    reply.vertices.insert(reply.vertices.end(), shell.points.begin(), shell.points.end());
  const std::size_t n_given = reply.vertices.size();

  std::vector<std::size_t> tags;
  std::vector<double> coordinates, parameters;
  gmsh::model::mesh::getNodes(tags, coordinates, parameters, 3, -1, false, false);
  std::unordered_map<std::size_t, int> index;
  for (std::size_t i = 0; i < tags.size(); ++i) {
    if (tags[i] <= n_given)
      continue;
    index[tags[i]] = static_cast<int>(reply.vertices.size());
    reply.vertices.emplace_back(coordinates[3 * i] / mm_per_m, coordinates[3 * i + 1] / mm_per_m,
                                coordinates[3 * i + 2] / mm_per_m);
  }
  for (std::size_t i = 0; i < request.shells.size(); ++i) {
    if (request.shells[i].hole)
      continue;
    std::vector<std::size_t> elements, corners;
    gmsh::model::mesh::getElementsByType(tetrahedron, elements, corners, static_cast<int>(i) + 1);
    for (std::size_t t = 0; t < elements.size(); ++t) {
      std::array<int, 4> tet{};
      for (std::size_t k = 0; k < 4; ++k) {
        const std::size_t tag = corners[4 * t + k];
        tet[k] = tag <= n_given ? static_cast<int>(tag) - 1 : index.at(tag);
      }
      reply.tets.push_back(tet);
      reply.region.push_back(static_cast<int>(i));
    }
  }
  return reply;
}

void run(const char* request_path, const char* reply_path) {
  const MeshRequest request = foramen::field::read_request(request_path);
  gmsh::initialize();
  gmsh::model::add("scene");
  set_options(request);
  add_shells(request);
  add_regions(request);
  if (!request.size.empty())
    gmsh::model::mesh::setSizeCallback([&request](int, int, double x, double y, double z) {
      return mm_per_m * request.size_factor * request.size.at(Eigen::Vector3d(x, y, z) / mm_per_m);
    });
  gmsh::model::mesh::generate(3);
  foramen::field::write_reply(reply_path, collect(request));
}

} // namespace

int main(int argc, char** argv) {
  const bool reads = argc == 4 && std::string_view(argv[1]) == "--read";
  if (argc != 3 && !reads) {
    std::fprintf(
        stderr, "usage: foramen-mesher REQUEST REPLY\n"
                "       foramen-mesher --read FILE.msh REPLY\n"
                "Fills the closed surfaces of REQUEST with tetrahedra, or reads a mesh; started by "
                "foramen.\n");
    return 2;
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL); // nobody waits for this mesh once the program has ended
  try {
    if (reads)
      foramen::field::write_content(argv[3], foramen::mesher::read_msh(argv[2]));
    else
      run(argv[1], argv[2]);
  } catch (const foramen::core::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  } catch (const std::bad_alloc&) {
    std::fprintf(stderr, "out of memory\n");
    return 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "Gmsh: %s\n", error.what());
    return 1;
  } catch (const std::string& words) { // Gmsh 4.8 throws strings and numbers in places
    std::fprintf(stderr, "Gmsh: %s\n", words.c_str());
    return 1;
  } catch (...) {
    std::fprintf(stderr, "Gmsh failed without saying why\n");
    return 1;
  }
  return 0;
}
