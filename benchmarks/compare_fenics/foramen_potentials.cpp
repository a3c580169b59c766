// This program's side of the comparison with DOLFINx: an encapsulated octrode in an anisotropic
// medium, its mesh as a file, and the potentials of its eight contacts from that file.
//
//   foramen_potentials write SCALE FILE.msh
//   foramen_potentials numbers FILE.msh FILE.bin
//   foramen_potentials solve FILE.msh [THREADS]
//
// `write` meshes the scene of benchmarks/field/field_solve, sizes times SCALE, as curved ten-node
// tetrahedra in the physical groups "medium" and "encapsulation", with the surfaces "E1" to "E8"
// and "ground". `numbers` writes the elements as the solver has them (field_files.hpp): the same,
// but for edges that leave a contact's edge, whose nodes it moves to a quarter. `solve` reads the
// mesh, checks it, and solves to sqrt(r.Mr) of 1e-5; seconds of each step and the impedances (ohm)
// go to standard output as JSON. Conductivities (S/m) are those of `sigma`; JSON names them too.
#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/stopwatch.hpp"
#include "field/mesher.hpp"
#include "field/msh_file.hpp"
#include "field/unit_potentials.hpp"
#include "field/user_mesh.hpp"
#include "field/verification_scenes.hpp"
#include "field_files.hpp"

#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <map>

using namespace foramen;
using namespace foramen::field;

namespace {

constexpr int n_contacts = 8;

// Along x, y, z; the lead lies along z. The medium as muscle, five times better along than across.
const std::map<std::string, Vector3d> sigma{{"medium", {0.1, 0.1, 0.5}},
                                            {"encapsulation", {0.15, 0.15, 0.15}}};

std::vector<std::string> surface_names() {
  std::vector<std::string> names;
  for (int i = 1; i <= n_contacts; ++i)
    names.push_back(core::concat("E", i));
  names.emplace_back("ground");
  return names;
}

// Contacts are the first patches of their surface, behind them come the lead's flat ends.
benchmarks::GroupOfFace group_of_face(int contacts) {
  return [contacts](int surface, int patch) {
    const bool contact = surface == contacts && patch >= 1 && patch <= n_contacts;
    return surface == 0 ? n_contacts : contact ? patch - 1 : -1;
  };
}

VolumeScene octrode_scene(double scale) {
  RingLead lead{.centres = {}, .shell = 0.3e-3};
  for (int i = 0; i < n_contacts; ++i)
    lead.centres.push_back((i - 3.5) * 7e-3);
  return ring_lead_scene(lead, Resolution().scaled(scale));
}

void write(double scale, const std::string& path) {
  VolumeScene scene = octrode_scene(scale);
  benchmarks::Groups groups{{}, surface_names(), {}};
  for (const FittedSurface& surface : scene.surfaces)
    groups.volumes.push_back(surface.name == "domain" ? "medium" : surface.name);
  const int lead = scene.electrodes.front().surface;
  groups.volumes.resize(static_cast<std::size_t>(lead)); // a hole, and the last
  groups.of_face = group_of_face(lead);
  const TetMesh mesh = make_mesh(scene);
  scene.electrodes.clear(); // whoever reads the file moves nodes to quarters himself
  benchmarks::write_gmsh(path, build_space(scene, mesh), groups);
}

struct Loaded {
  VolumeScene scene;
  TetMesh mesh;
};

Loaded load(const std::string& path) {
  MeshNaming naming{{}, surface_names(), {}};
  naming.contacts.pop_back(); // the ground has a name of its own
  for (const auto& [name, tensor] : sigma)
    naming.tissues.push_back(name);
  UserMesh mesh = make_user_mesh({.path = path}, read_msh_file(path), naming);
  Loaded loaded;
  std::vector<Matrix3d> tensors;
  for (const UserMesh::Region& region : mesh.regions) {
    loaded.scene.surfaces.push_back({region.group, {}, 0, false, 0.0});
    tensors.emplace_back(sigma.at(region.tissue).asDiagonal());
  }
  const auto boundary = static_cast<int>(loaded.scene.surfaces.size());
  loaded.scene.surfaces.push_back({"boundary", {}, 0, true, 0.0});
  loaded.scene.region_is_uniform.assign(loaded.scene.surfaces.size(), true);
  loaded.scene.conductivity = [tensors](int region, const Vector3d&) {
    return tensors[static_cast<std::size_t>(region)];
  };
  for (int i = 0; i < n_contacts; ++i)
    loaded.scene.electrodes.push_back(
        {naming.contacts[static_cast<std::size_t>(i)], boundary, {i + 1}});
  loaded.mesh = std::move(mesh.mesh);
  return loaded;
}

void numbers(const std::string& from, const std::string& to) {
  const Loaded loaded = load(from);
  const int boundary = loaded.scene.electrodes.front().surface;
  benchmarks::write_numbers(to, build_space(loaded.scene, loaded.mesh), group_of_face(boundary));
  std::cout << "{\"sigma\": [";
  for (std::size_t i = 0; i + 1 < loaded.scene.surfaces.size(); ++i) {
    const Vector3d s = sigma.at(loaded.scene.surfaces[i].name);
    std::cout << (i ? ", [" : "[") << s[0] << ", " << s[1] << ", " << s[2] << "]";
  }
  std::cout << "]}\n";
}

void solve(const std::string& path) {
  core::Stopwatch clock;
  const Loaded loaded = load(path);
  const double read_s = clock.lap();
  const UnitPotentials u = solve_unit_potentials(loaded.scene, loaded.mesh);
  const double field_s = clock.lap();
  const SolverReport& r = u.report;
  std::cout << std::setprecision(12) << "{\"threads\": " << core::thread_count()
            << ", \"tetrahedra\": " << r.n_tets << ", \"unknowns\": " << r.n_unknowns
            << ", \"iterations\": " << r.iterations << ", \"read_s\": " << read_s
            << ", \"setup_s\": " << r.setup_s << ", \"assembly_s\": " << r.assembly_s
            << ", \"multigrid_s\": " << r.multigrid_s << ", \"solve_s\": " << r.solve_s
            << ", \"total_s\": " << read_s + field_s << ", \"impedance\": [";
  for (int i = 0; i < n_contacts; ++i)
    for (int j = 0; j < n_contacts; ++j)
      std::cout << (j ? ", " : i ? "], [" : "[") << u.impedance(i, j);
  std::cout << "]]}\n";
}

} // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const std::string what = arguments.empty() ? "" : arguments[0];
  try {
    if (what == "write" && arguments.size() == 3)
      write(std::strtod(arguments[1].c_str(), nullptr), arguments[2]);
    else if (what == "numbers" && arguments.size() == 3)
      numbers(arguments[1], arguments[2]);
    else if (what == "solve" && (arguments.size() == 2 || arguments.size() == 3)) {
      if (arguments.size() == 3)
        core::set_thread_count(
            std::max<std::size_t>(1, std::strtoul(arguments[2].c_str(), {}, 10)));
      solve(arguments[1]);
    } else {
      std::cerr << "usage: foramen_potentials write SCALE FILE.msh | numbers FILE.msh FILE.bin | "
                   "solve FILE.msh [THREADS]\n";
      return static_cast<int>(core::ExitCode::wrong_input);
    }
  } catch (const core::Error& error) {
    std::cerr << error.what() << "\n";
    return static_cast<int>(error.exit_code());
  }
  return static_cast<int>(core::ExitCode::done);
}
