#include "study/read_field.hpp"

#include "field/resolution.hpp"
#include "study/own_mesh.hpp"

namespace foramen::study {

using config::Table;

namespace {

void read_mesh(Table& table, const std::string& study_file, const anatomy::Scene& scene,
               const std::vector<std::string>& contacts, FieldSettings& field) {
  const char* remedy = "the mesh is as fine as it is: mesh it again with other sizes";
  if (field.kind == FieldSettings::Kind::point_sources)
    table.refuse("mesh", "point sources need no mesh",
                 "set field.kind = \"finite_elements\", or remove field.mesh");
  if (field.refine != 1.0)
    table.refuse("refine", "a mesh of one's own cannot be refined here", remedy);
  if (field.resolution != "default")
    table.refuse("resolution", "it has no effect on a mesh of one's own", remedy);
  field.own_mesh = read_own_mesh(table, study_file, scene, contacts);
}

void read_accuracy(Table& table, FieldSettings& field) {
  const bool wanted = table.has("accuracy");
  if (wanted) {
    field.accuracy = table.required_quantity<Number>(
        "accuracy", {.min = 0.01 * percent, .max = 50.0 * percent},
        "Refines the mesh until the field's part of the error of every reported threshold is below "
        "this, where it matters to them, starting from `resolution`, or says that it could not "
        "(optional).");
    if (!field.estimate)
      table.refuse("accuracy", "it needs the estimate of the field's error",
                   "remove field.estimate = false, or field.accuracy");
    if (field.kind == FieldSettings::Kind::point_sources)
      table.refuse("accuracy", "point sources have no mesh to refine",
                   "set field.kind = \"finite_elements\", or remove field.accuracy");
    if (table.has("mesh"))
      table.refuse("accuracy", "a mesh of one's own cannot be refined here",
                   "remove field.accuracy; mesh again with other sizes and compare");
  }
  if (wanted || table.has("max_unknowns")) {
    if (!wanted)
      table.refuse("max_unknowns", "it limits the refinement for field.accuracy, which is not set",
                   "set field.accuracy, or remove field.max_unknowns");
    field.max_unknowns = table.number("max_unknowns", field.max_unknowns, {.min = 1e4, .max = 1e9},
                                      "No refinement for `accuracy` goes beyond this many unknowns "
                                      "(memory: some 2 kB each).");
  }
}

// Where the outer boundary would take part of the current that the case should carry.
void refuse_beside_case(Table& table, const FieldSettings& field) {
  if (field.kind == FieldSettings::Kind::point_sources)
    table.refuse("kind", "point sources know no bodies, but the study has a [case]",
                 "set field.kind = \"finite_elements\", or remove [case]");
  if (field.own_mesh)
    table.refuse("mesh", "the program puts the [case] in meshes of its own only",
                 "remove field.mesh or [case]");
  if (field.boundary == field::OuterBoundary::grounded)
    table.refuse("boundary",
                 "a grounded boundary is a conductor around everything, and current would take "
                 "its way through it from the lead to the case",
                 "set field.boundary = \"open\", or remove [case]");
}

} // namespace

FieldSettings read_field(Table table, const std::string& study_file, const anatomy::Scene& scene,
                         const std::vector<std::string>& contact_names, bool has_case) {
  FieldSettings field;
  const std::string kind =
      table.choice("kind", "finite_elements", {"finite_elements", "point_sources"},
                   "How the potential is computed: a mesh of the whole scene, or point sources in "
                   "an infinite homogeneous medium (no mesh, no lead body, no perineurium).");
  field.kind = kind == "point_sources" ? FieldSettings::Kind::point_sources
                                       : FieldSettings::Kind::finite_elements;
  if (field.kind == FieldSettings::Kind::point_sources && !scene.uniform())
    table.refuse("kind", "point sources need a homogeneous medium, but anatomy.model has tissues",
                 "set anatomy.model = \"homogeneous\", or field.kind = \"finite_elements\"");
  field.resolution =
      table.choice("resolution", "default", field::resolution_preset_names(),
                   "Element sizes: see lib/field/README.md for the accuracy of each.");
  field.refine = table.number("refine", 1.0, {.min = 0.25, .max = 4.0},
                              "All element sizes are divided by this.");
  field.boundary =
      table.choice(
          "boundary", has_case || table.has("accuracy") ? "open" : "grounded", {"grounded", "open"},
          "Outer boundary: at zero potential, or open (the potential falls off as 1/r "
          "beyond it). With a [case] it is open; with `accuracy` it is open by default, as "
          "no mesh mends what a near ground does.") == "open"
          ? field::OuterBoundary::open
          : field::OuterBoundary::grounded;
  field.tolerance = table.number("tolerance", 1e-5, {.min = 1e-13, .max = 1e-2},
                                 "Relative residual at which the solver stops, per contact.");
  field.estimate = table.flag("estimate", true,
                              "Estimates the field's error along every fibre and its part of each "
                              "threshold's interval, from a second solution on a coarser mesh "
                              "(some 0.4 times the cost of the first). Not for a mesh of one's own "
                              "or point sources.");
  read_accuracy(table, field);
  field.mesher_time_limit =
      table.quantity("mesher_time_limit", 300.0 * s, {.min = 1.0 * s, .max = 86400.0 * s},
                     "The mesher is stopped after this time.");
  if (table.has("mesh"))
    read_mesh(table, study_file, scene, contact_names, field);
  if (has_case)
    refuse_beside_case(table, field);
  field.frequency_stated = table.has("frequency");
  if (field.frequency_stated)
    field.frequency = table.required_quantity<Frequency>(
        "frequency", {.min = 1.0 * Hz, .max = 1000.0 * kHz},
        "At which conductivities with a `dispersion` and a perineurium by formula are taken; by "
        "default the dominant frequency of the programmes' pulses (optional).");
  return field;
}

} // namespace foramen::study
