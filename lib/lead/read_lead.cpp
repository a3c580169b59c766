#include "config/table.hpp"
#include "core/error.hpp"
#include "lead/placement.hpp"

#include <algorithm>

namespace foramen::lead {
namespace {

using config::Table;

LeadModel read_model(Table& table) {
  if (table.has("file")) {
    if (table.has("model"))
      table.refuse("file", "both `model` and `file` name a lead", "remove one of them");
    return lead_from_file(table.required_text(
        "file", "A lead file of one's own, written as those in configs/leads."));
  }
  const std::string name = table.text("model", "octrode", "Name in configs/leads.");
  const std::vector<std::string> known = lead_names();
  if (std::find(known.begin(), known.end(), name) == known.end())
    table.refuse_unknown("model", name, "lead", known);
  return load_lead(name);
}

const config::Range<Angle> turn{-360.0 * deg, 360.0 * deg};

// The keys that move a lead as it is. `p`: their defaults.
void read_place(Table& table, Placement& p) {
  p.clearance =
      table.quantity("clearance", p.clearance, {0.0 * mm, 60.0 * mm},
                     "From the lead's surface to the epineurium opposite the array's centre.");
  p.angle =
      table.quantity("angle", p.angle, turn,
                     "Around the nerve: 0 deg dorsal, 90 deg medial and caudal, 180 deg ventral, "
                     "270 deg lateral and cranial (right side).");
  p.position = table.quantity("position", p.position, {-100.0 * mm, 200.0 * mm},
                              "Of the array's centre along the nerve from the foramen's lateral "
                              "border; positive is lateral.");
  p.tilt = table.quantity("tilt", p.tilt, {-90.0 * deg, 90.0 * deg},
                          "Of the lead out of parallel with the nerve; 90 deg lies across it.");
  p.roll = table.quantity("roll", p.roll, turn, "Of the lead about its own axis.");
}

Placement read_placement(Table& table) {
  Placement p;
  read_place(table, p);
  p.tip_distal = table.choice("tip", "proximal", {"proximal", "distal"},
                              "Where the tip points: towards the foramen, or away.") == "distal";
  const std::string shape = table.choice(
      "shape", "straight", {"straight", "follows nerve", "bent"},
      "A straight lead; one that keeps its clearance and angle along the nerve's course; or one "
      "bent to an arc, [lead.bend].");
  p.shape = shape == "straight" ? Shape::straight
            : shape == "bent"   ? Shape::bent
                                : Shape::follows_nerve;
  if (p.shape == Shape::bent) {
    Table bend = table.table("bend", "The arc of a bent lead.");
    p.bend_radius = bend.quantity("radius", p.bend_radius, {1.0 * mm, 100.0 * m},
                                  "Of the lead's axis, all along it.");
    p.bend_towards =
        bend.quantity("towards", p.bend_towards, turn,
                      "Where the arc's middle lies, measured as `angle`: equal to it the lead "
                      "bends away from the nerve, 180 deg from it around the nerve.");
  } else if (table.has("bend")) {
    table.refuse("bend", concat("a lead of shape \"", shape, "\" has no arc"),
                 "set shape = \"bent\", or remove `bend`");
  }
  return p;
}

Encapsulation read_encapsulation(Table& lead, const anatomy::TissueLibrary& tissues) {
  Table table = lead.table("encapsulation", "Layer of tissue that has grown around the lead.");
  Encapsulation layer;
  layer.thickness =
      table.quantity("thickness", 0.0 * mm, {0.0 * mm, 5.0 * mm}, "Of the layer; 0 mm: none.").si();
  if (layer.thickness > 0.0 && layer.thickness < mesh_gap.si())
    table.refuse("thickness",
                 concat("a layer thinner than ", to_text(mesh_gap), " cannot be meshed"),
                 concat("use 0 mm for none, or at least ", to_text(mesh_gap)));
  layer.tissue = table.text("tissue", layer.tissue, "Tissue of the layer.");
  if (!tissues.has(layer.tissue))
    table.refuse_unknown("tissue", layer.tissue, "tissue", tissues.names());
  if (!tissues.at(layer.tissue).isotropic())
    table.refuse("tissue", concat(layer.tissue, " has a direction; an encapsulation has none"),
                 "use an isotropic tissue");
  return layer;
}

// Where the user wrote what place_beside refuses: its place is "lead.clearance".
std::string key_of(const ConfigError& error) {
  const std::string prefix = "lead.";
  FORAMEN_EXPECT(error.place().starts_with(prefix), error.place());
  return error.place().substr(prefix.size());
}

} // namespace

PlacedLead read_lead(Table lead, const anatomy::Nerve& nerve, const anatomy::TissueLibrary& tissues,
                     const Vector3d& domain_centre, double domain_radius) {
  const LeadModel model = read_model(lead);
  const Placement placement = read_placement(lead);
  const Encapsulation encapsulation = read_encapsulation(lead, tissues);
  try {
    return place_beside(nerve, model, encapsulation, placement, domain_centre, domain_radius);
  } catch (const ConfigError& error) {
    lead.refuse(key_of(error), error.cause(), error.remedy());
  }
}

std::optional<PlacedLead> read_mesh_pose(Table lead, const PlacedLead& placed,
                                         const anatomy::Nerve& nerve, const Vector3d& domain_centre,
                                         double domain_radius) {
  if (!lead.has("mesh_pose"))
    return std::nullopt;
  if (placed.placement.shape == Shape::follows_nerve)
    lead.refuse("mesh_pose",
                "a lead that follows the nerve bends otherwise in every place: no mesh follows it",
                "remove `mesh_pose`, or use shape = \"bent\" or \"straight\"");
  Table table = lead.table("mesh_pose", "Where the lead lies when the mesh is made, which then "
                                        "follows it to its place: sweeps over nearby poses need "
                                        "one mesh. Left-out keys are the lead's own.");
  Placement placement = placed.placement;
  read_place(table, placement);
  const auto place = [&] {
    try {
      return place_beside(nerve, placed.model, placed.encapsulation, placement, domain_centre,
                          domain_radius);
    } catch (const ConfigError& error) {
      const std::string key = key_of(error);
      table.refuse(table.has(key) ? key : "", error.cause(), error.remedy());
    }
  };
  PlacedLead meshed = place();
  meshed.name = placed.name;
  if (bend_difference(meshed, placed) > same_bend)
    table.refuse("",
                 "on the way from there the lead would turn about itself, but its bend would not: "
                 "no mesh follows it",
                 "leave `angle` and `roll` of a bent lead as they are, or mesh each pose afresh");
  return meshed;
}

} // namespace foramen::lead
