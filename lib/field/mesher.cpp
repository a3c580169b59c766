#include "field/mesher.hpp"

#include "core/error.hpp"
#include "field/child_process.hpp"
#include "field/mesh_checks.hpp"
#include "field/mesh_exchange.hpp"
#include "field/mesh_order.hpp"
#include "field/mesher_process.hpp"
#include "field/sliver_repair.hpp"
#include "geometry/surface_measures.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstring>
#include <filesystem>

namespace foramen::field {
namespace {

namespace fs = std::filesystem;

void check_surfaces(const VolumeScene& scene) {
  FORAMEN_EXPECT(!scene.surfaces.empty() && scene.surfaces[0].parent == -1,
                 "surface 0 is the outer");
  for (std::size_t i = 0; i < scene.surfaces.size(); ++i) {
    const FittedSurface& fitted = scene.surfaces[i];
    FORAMEN_EXPECT(i == 0 || (fitted.parent >= 0 && fitted.parent < static_cast<int>(i)),
                   "a surface comes after its parent: ", fitted.name);
    const geometry::SurfaceTopology shape = geometry::topology(fitted.surface);
    if (!shape.closed || !shape.oriented || geometry::enclosed_volume(fitted.surface) <= 0.0)
      throw core::WorldError("surface \"" + fitted.name + "\"",
                             shape.closed ? "its triangles do not all point outwards"
                                          : "it is not closed: some edge lacks its second triangle",
                             "repair the surface; it must bound a volume");
  }
}

MeshRequest make_request(const VolumeScene& scene) {
  MeshRequest request;
  for (const FittedSurface& fitted : scene.surfaces)
    request.shells.push_back(
        {fitted.surface.points, fitted.surface.triangles, fitted.parent, fitted.hole});
  if (scene.size) {
    Vector3d low = scene.surfaces[0].surface.points[0], high = low;
    for (const Vector3d& p : scene.surfaces[0].surface.points) {
      low = low.cwiseMin(p);
      high = high.cwiseMax(p);
    }
    request.size = sample_size(scene.size, 0.5 * (low + high), 0.5 * (high - low).maxCoeff());
  }
  return request;
}

// HXT takes the tetrahedra below `improve_below` in hand; each harder look costs several times more
// (README, section "Meshing"), so it is taken only when the quicker one left something faulty.
// Sizes a little smaller give another mesh, in which the fault has usually gone.
struct Strategy {
  const char* name;
  bool delaunay;
  double improve_below, size_factor;
};
constexpr std::array<Strategy, 3> strategies{{{"HXT", false, 0.2 /* or as asked for */, 1.0},
                                              {"HXT with smaller sizes", false, 0.3, 0.93},
                                              {"the Delaunay mesher", true, 0.3, 1.0}}};

// A flatter tetrahedron is as good as inverted: its matrix entries exceed its neighbours' by 1e5.
constexpr double usable_quality = 1e-5;

struct Attempt {
  ChildEnd end;
  std::string last_words;
  bool succeeded() const { return end.how == ChildEnd::How::exited && end.code == 0; }
  bool worth_another() const {
    return end.how != ChildEnd::How::out_of_time && end.code != SIGKILL;
  }
};

Attempt attempt(const std::string& program, const TemporaryFolder& folder, double time_limit_s,
                core::Progress& progress) {
  const std::string messages = folder.file("messages");
  fs::remove(folder.file("reply"));
  const ChildEnd end = run_child({program, folder.file("request"), folder.file("reply")}, messages,
                                 time_limit_s, progress);
  return {end, last_lines(messages, 4)};
}

[[noreturn]] void give_up(const std::string& program, const Attempt& last, double time_limit_s) {
  const std::string words =
      last.last_words.empty() ? std::string() : "; its last words: " + last.last_words;
  if (last.end.how == ChildEnd::How::out_of_time)
    throw core::WorldError(
        program, core::concat("the mesher exceeded its time limit of ", time_limit_s, " s", words),
        "raise the mesher's time limit, ask for a coarser resolution, or move the "
        "lead a little if it nearly touches something");
  if (last.end.how == ChildEnd::How::killed_by_signal)
    throw core::WorldError(
        program,
        core::concat("the mesher was ended by signal ", last.end.code, " (",
                     strsignal(last.end.code), ")", words),
        "signal 9 usually means that memory ran out: ask for a coarser resolution "
        "or free some memory, then run again");
  throw core::WorldError(program,
                         core::concat("the mesher failed with exit code ", last.end.code, words),
                         "surfaces that cut or touch each other cannot be meshed: look at the gap "
                         "between lead, encapsulation and nerve, or ask for a finer resolution");
}

TetMesh assemble(const VolumeScene& scene, MeshReply reply) {
  TetMesh mesh;
  mesh.vertices = std::move(reply.vertices);
  mesh.tets = std::move(reply.tets);
  mesh.region = std::move(reply.region);
  int first = 0;
  for (std::size_t i = 0; i < scene.surfaces.size(); ++i) {
    const geometry::Surface& surface = scene.surfaces[i].surface;
    for (std::size_t f = 0; f < surface.triangles.size(); ++f) {
      const auto& [a, b, c] = surface.triangles[f];
      mesh.faces.push_back({first + a, first + b, first + c});
      mesh.face_surface.push_back(static_cast<int>(i));
      mesh.face_patch.push_back(surface.patch[f]);
    }
    first += static_cast<int>(surface.points.size());
  }
  return mesh;
}

void check_usable(const VolumeScene& scene, const TetMesh& mesh, const Strategy& strategy,
                  core::Progress& progress) {
  check_mesh(scene, mesh);
  const MeshQuality quality = mesh_quality(mesh);
  progress.note(core::concat("mesh: ", strategy.name, ": ", mesh.tets.size(), " tetrahedra, ",
                             mesh.vertices.size(), " vertices, quality ", quality.mean,
                             " in the mean, ", quality.worst, " at worst"));
  if (quality.worst < usable_quality)
    throw core::WorldError(
        "mesh", core::concat("a tetrahedron is flat: quality ", quality.worst),
        "change the resolution a little, or move the lead by a few hundredths of "
        "a millimetre");
}

} // namespace

TetMesh make_mesh(const VolumeScene& scene, const MesherOptions& options,
                  core::Progress& progress) {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + std::chrono::duration<double>(options.time_limit_s);
  check_surfaces(scene);
  const std::string program = mesher_program(options.program);
  const TemporaryFolder folder;
  MeshRequest request = make_request(scene);
  for (const Strategy& strategy : strategies) {
    request.delaunay = strategy.delaunay;
    request.improve_below =
        &strategy == &strategies.front() ? options.improve_below : strategy.improve_below;
    request.size_factor = strategy.size_factor;
    write_request(folder.file("request"), request);
    const double left_s = std::chrono::duration<double>(deadline - Clock::now()).count();
    const Attempt result = attempt(program, folder, std::max(left_s, 0.0), progress);
    const bool last = &strategy == &strategies.back();
    if (!result.succeeded()) {
      progress.note(core::concat("mesh: ", strategy.name, " failed: ", result.last_words));
      if (last || !result.worth_another())
        give_up(program, result, options.time_limit_s);
      continue;
    }
    TetMesh mesh = assemble(scene, read_reply(folder.file("reply")));
    if (const SliverRepair repair = repair_slivers(mesh); repair.found > 0)
      progress.note(core::concat("mesh: ", strategy.name, ": ", repair.found, " slivers, ",
                                 repair.left, " after moving ", repair.moved, " vertices, adding ",
                                 repair.added));
    try {
      check_usable(scene, mesh, strategy, progress);
      sort_mesh(mesh);
      return mesh;
    } catch (const core::WorldError& fault) {
      if (last)
        throw;
      progress.note(core::concat("mesh: ", strategy.name, ": ", fault.cause()));
    }
  }
  core::fail_expectation("some strategy returns or throws", "");
}

} // namespace foramen::field
