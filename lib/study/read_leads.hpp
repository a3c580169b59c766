// The leads of a study: one as [lead], or any number by name.
//
//   [leads.cranial]
//   angle = "315 deg"
//   [leads.caudal]                each with all keys of [lead]
//   angle = "135 deg"
//
// A lead's name is a prefix to those of its contacts: "cranial:E1". Errors (ConfigError with file,
// line, caret): those of lead/placement.hpp; [lead] beside [leads]; no lead; a name of other signs
// than letters, digits, "-" and "_"; two leads that cut each other or come nearer than
// lead_mesh_gap, saying which and by how much, also in a [lead.mesh_pose]; two leads that a mesh
// should follow.
#pragma once

#include "anatomy/lumbar.hpp"
#include "config/table.hpp"
#include "lead/placement.hpp"
#include "study/mesh_pose.hpp"

#include <optional>
#include <string>
#include <vector>

namespace foramen::study {

struct ReadLeads {
  std::vector<lead::PlacedLead> leads;
  std::vector<config::Table> tables; // of each, for the keys that lib/lead does not know
  std::optional<MeshPose> mesh_pose;

  std::vector<lead::PlacedLead> places() const; // all leads, and the mesh pose
};

ReadLeads read_leads(config::Table root, const anatomy::Anatomy& anatomy);

// The table that a lead was read from: "lead", "leads.cranial".
std::string table_of(const lead::PlacedLead& lead);

} // namespace foramen::study
