#include "study/own_mesh.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/quantity_text.hpp"
#include "field/msh_file.hpp"
#include "field/point_location.hpp"
#include "study/fibre_set.hpp"
#include "study/read_leads.hpp"
#include "study/study.hpp"
#include "study/text_table.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numeric>
#include <sstream>

namespace foramen::study {
namespace {

using core::concat;

std::string at(const OwnMesh& own, const Vector3d& p) {
  const Vector3d q = p / own.source.unit;
  return concat("(", significant(q.x(), 4), ", ", significant(q.y(), 4), ", ",
                significant(q.z(), 4), ") ", own.source.unit_name);
}

void read_groups(config::Table table, OwnMesh& own) {
  std::vector<std::string> known = field::known_meanings(own.naming, 3);
  for (const std::string& name : field::known_meanings(own.naming, 2))
    if (std::find(known.begin(), known.end(), name) == known.end())
      known.push_back(name);
  for (const std::string& group : table.keys()) {
    const std::string meaning = table.text(group, "", "What this physical group stands for.");
    if (std::find(known.begin(), known.end(), meaning) == known.end())
      table.refuse_unknown(group, meaning, "tissue, contact or boundary", known);
    own.naming.given[group] = meaning;
  }
}

void read_directions(config::Table table, const anatomy::Scene& scene, OwnMesh& own) {
  for (const std::string& tissue : table.keys()) {
    const std::vector<double> d =
        table.numbers(tissue, {}, {.min = -1e6, .max = 1e6}, "Along which this tissue conducts.");
    if (!scene.tissues().has(tissue))
      table.refuse_unknown(tissue, tissue, "tissue", scene.tissues().names());
    if (d.size() != 3 || std::hypot(d[0], d[1], d[2]) == 0.0)
      table.refuse(tissue, "a direction has three components, not all zero",
                   "write for example [0.0, 0.0, 1.0]");
    own.directions[tissue] = Vector3d(d[0], d[1], d[2]).normalized();
  }
}

// Per population, how much of its fibres lies outside of their fascicle's region of the mesh. The
// sampling allows as much as a flat element cuts off.
std::vector<double> check_fibres_inside(const Study& study, const LoadedMesh& loaded) {
  constexpr double reach = 0.15e-3; // metres; as field/sampling
  const OwnMesh& own = *study.field.own_mesh;
  const field::TetMesh& mesh = loaded.mesh.mesh;
  const std::vector<int>& region_of = loaded.scene.fascicle_region;
  const field::QuadraticElements elements = field::quadratic_elements(mesh);
  const field::PointLocation location(elements.nodes, elements.elements);
  std::vector<double> shares;
  for (const PopulationSettings& population : study.populations) {
    const auto fibres = place_fibres(study.anatomy.nerve, population, study.seed);
    std::vector<int> outside(fibres.size(), -1); // the first station
    std::vector<double> strayed(fibres.size(), 0.0);
    core::parallel_for(fibres.size(), 1, [&](std::size_t i) {
      const auto& stations = fibres[i].stations;
      const auto it = std::find_if(stations.begin(), stations.end(), [&](const Vector3d& p) {
        return !location.find(p).has_value();
      });
      if (it != stations.end())
        outside[i] = static_cast<int>(it - stations.begin());
      if (region_of.empty())
        return;
      const int region = region_of[fibres[i].sample.fascicle];
      const auto n = std::count_if(stations.begin(), stations.end(), [&](const Vector3d& p) {
        return !location.nearest_of(p, mesh.region, region, reach).has_value();
      });
      strayed[i] = static_cast<double>(n) / static_cast<double>(stations.size());
    });
    shares.push_back(std::accumulate(strayed.begin(), strayed.end(), 0.0) /
                     static_cast<double>(std::max<std::size_t>(1, strayed.size())));
    const auto count =
        std::count_if(outside.begin(), outside.end(), [](int station) { return station >= 0; });
    if (count == 0)
      continue;
    const auto first =
        std::find_if(outside.begin(), outside.end(), [](int station) { return station >= 0; });
    const PlacedFibre& fibre = fibres[static_cast<std::size_t>(first - outside.begin())];
    throw ConfigError(
        concat("population ", population.name, ", fibre ", first - outside.begin()),
        concat("it leaves the mesh ", own.source.path, " at ",
               at(own, fibre.stations[static_cast<std::size_t>(*first)]), ", as do ", count, " of ",
               fibres.size(), " fibres"),
        concat("mesh all of the nerve, which runs from ", at(own, fibre.stations.front()), " to ",
               at(own, fibre.stations.back()),
               ", and nothing but tissue there; or fit [anatomy.nerve] and field.mesh_unit to the "
               "mesh"));
  }
  return shares;
}

} // namespace

OwnMesh read_own_mesh(config::Table& field, const std::string& study_file,
                      const anatomy::Scene& scene, const std::vector<std::string>& contacts) {
  namespace fs = std::filesystem;
  OwnMesh own;
  const std::string name = field.required_text(
      "mesh", "A Gmsh mesh of one's own in place of the program's; from the study's folder.");
  const fs::path path = fs::path(study_file).parent_path() / name; // `name` alone when absolute
  std::error_code problem;
  if (!fs::is_regular_file(path, problem))
    field.refuse("mesh", concat("there is no file ", path.lexically_normal().string()),
                 "give its path from the study's folder, or an absolute one");
  own.source.path = path.lexically_normal().string();
  own.source.unit_name = field.choice("mesh_unit", "mm", {"m", "cm", "mm", "um"},
                                      "Of the mesh's coordinates; Gmsh has no units.");
  own.source.unit = parse_quantity("1 " + own.source.unit_name, dimension_of(Length{})).si;
  own.naming.tissues = scene.tissues().names();
  own.naming.contacts = contacts;
  own.perineurium_resistance = field.quantity(
      "perineurium_resistance", 0.0 * ohm_m2, {0.0 * ohm_m2, 1e3 * ohm_m2},
      "Of all sheets \"perineurium\" of the mesh; 0: by the rule of anatomy.nerve.perineurium.");
  read_groups(field.table("groups", "What the mesh's physical groups stand for, where their names "
                                    "do not say it: \"Volume 7\" = \"fat\"; a tissue, a contact, "
                                    "\"anatomy\", \"insulator\", \"ground\", \"insulated\", "
                                    "\"perineurium\" or \"unused\"."),
              own);
  read_directions(field.table("directions", "Along which an anisotropic tissue of the mesh "
                                            "conducts, where the anatomy does not say it: muscle "
                                            "= [0.0, 0.0, 1.0]."),
                  scene, own);
  return own;
}

LoadedMesh load_own_mesh(const Study& study, Progress& progress) {
  const OwnMesh& own = *study.field.own_mesh;
  LoadedMesh loaded;
  loaded.file = core::hash_file(own.source.path);
  const field::MshContent content = field::read_msh_file(
      own.source.path, {.time_limit_s = study.field.mesher_time_limit.si(), .program = {}},
      progress);
  loaded.mesh = field::make_user_mesh(own.source, content, own.naming);
  field::UserSceneOptions options{
      .outer = study.field.boundary, .sheet_resistance = {}, .directions = own.directions};
  if (own.perineurium_resistance > 0.0 * ohm_m2)
    options.sheet_resistance = own.perineurium_resistance.si();
  loaded.scene = field::make_user_scene(own.source, loaded.mesh, study.anatomy, options);
  for (std::size_t i = 0; i < study.contacts.size(); ++i)
    loaded.scene.scene.electrodes[i].surface_resistance = study.contacts[i].interface.si();
  loaded.strayed = check_fibres_inside(study, loaded);
  return loaded;
}

std::string describe_mesh(const Study& study, const LoadedMesh& loaded) {
  const OwnMesh& own = *study.field.own_mesh;
  const field::UserMesh& m = loaded.mesh;
  std::ostringstream out;
  out << "# mesh: " << own.source.path << ": " << m.mesh.tets.size()
      << (m.quadratic ? " quadratic" : " straight") << " tetrahedra of tissue, "
      << m.mesh.vertices.size() << " vertices, " << m.mesh.bent_edges.size() << " curved edges\n";
  for (std::size_t r = 0; r < m.regions.size(); ++r) {
    const field::UserMesh::Region& region = m.regions[r];
    out << "#   volume \"" << region.group << "\": "
        << (region.tissue == field::anatomy_group ? "tissues of the anatomy" : region.tissue);
    if (region.in_sheet)
      out << " within a perineurium of "
          << significant(1e4 * loaded.scene.scene.surfaces[r].sheet_resistance, 3) << " ohm cm2";
    out << ", " << region.n_tets << " tetrahedra, " << significant(1e9 * region.volume, 4)
        << " mm3\n";
  }
  for (const field::UserMesh::Contact& contact : m.contacts)
    out << "#   contact \"" << contact.name << "\": " << contact.n_faces << " faces, "
        << significant(1e6 * contact.area, 4) << " mm2, about " << at(own, contact.centre) << "\n";
  out << "#   ground: " << m.n_ground << " faces; insulated: " << m.n_insulated << " by name, "
      << m.n_unnamed << " in no group";
  if (m.n_sheet > 0)
    out << "; perineurium: " << m.n_sheet;
  if (m.n_left_out > 0)
    out << "\n#   left out: " << m.n_left_out << " tetrahedra of insulators and metal";
  if (m.n_unused > 0)
    out << "\n#   passed over: " << m.n_unused << " nodes that no tetrahedron uses";
  return out.str();
}

std::vector<std::string> mesh_warnings(const Study& study, const LoadedMesh& loaded) {
  constexpr double odd_area = 0.2; // of the lead's; facets of a coarse ring take some per cent
  const OwnMesh& own = *study.field.own_mesh;
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < loaded.mesh.contacts.size(); ++i) {
    const field::UserMesh::Contact& contact = loaded.mesh.contacts[i];
    const std::string who = concat("contact ", contact.name, " of ", own.source.path, " ");
    const Vector3d expected = study.contacts[i].centre;
    if ((contact.centre - expected).norm() > 0.5 * study.contacts[i].length)
      lines.push_back(concat(who, "lies about ", at(own, contact.centre),
                             ", but the study's lead has it at ", at(own, expected),
                             ", from where the simulated stretch of fibre is chosen.\n"
                             "  remedy: place the lead ([",
                             table_of(study.leads[study.contacts[i].lead]),
                             "]) where the mesh has it"));
    const double area = study.contacts[i].area;
    if (std::abs(contact.area - area) > odd_area * area)
      lines.push_back(concat(who, "has ", significant(1e6 * contact.area, 3),
                             " mm2, but the study's lead ", significant(1e6 * area, 3),
                             " mm2, from which charge densities are computed.\n"
                             "  remedy: describe the mesh's lead in a file (",
                             table_of(study.leads[study.contacts[i].lead]), ".file)"));
    if (contact.n_pieces > 1)
      lines.push_back(concat(who, "consists of ", contact.n_pieces,
                             " separate pieces, which act as one conductor.\n"
                             "  remedy: name each piece as a contact of its own if they are not "
                             "wired together"));
    if (contact.n_foil > 0)
      lines.push_back(concat(who, "has tissue on both sides of ", contact.n_foil, " of its ",
                             contact.n_faces,
                             " faces and acts as a foil.\n  remedy: cut the lead's body out of the "
                             "tissue, or declare it \"insulator\" in [field.groups]"));
  }
  constexpr double odd_share = 0.05; // the program's own fascicles end 0.5 mm before the nerve
  for (std::size_t i = 0; i < loaded.strayed.size(); ++i)
    if (loaded.strayed[i] > odd_share)
      lines.push_back(concat(
          "population ", study.populations[i].name, ": ", std::lround(100.0 * loaded.strayed[i]),
          " % of the fibres' length lies outside of their fascicle in ", own.source.path,
          ".\n  remedy: let [anatomy.nerve] describe the fascicles of the mesh"));
  return lines;
}

} // namespace foramen::study
