#include "study/read_leads.hpp"

#include "core/error.hpp"
#include "core/quantity_text.hpp"
#include "lead/lead_gap.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

namespace foramen::study {
namespace {

using config::Table;

// Up to hundredths, as lib/lead's own; rounded up, so that the remedy is enough.
std::string millimetres(double metres) {
  return to_text(std::ceil(metres * 1e5 - 1e-6) * 0.01 * mm, "mm");
}

void require_plain(const Table& root, const std::string& name) {
  const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_';
  });
  if (!plain)
    root.refuse("leads", concat("\"", name, "\" cannot stand before the names of contacts"),
                "use letters, digits, \"-\" and \"_\" for the name of a lead, for example "
                "[leads.cranial]");
}

// `table`, or `key` in it, is said to be at fault: the second's.
void require_apart(const lead::PlacedLead& a, const lead::PlacedLead& b, const Table& table,
                   const std::string& key = "") {
  const double gap = lead::gap_between(a, b), needed = lead::lead_mesh_gap.si();
  if (gap >= needed)
    return;
  const bool sheaths = a.encapsulation.thickness > 0.0 || b.encapsulation.thickness > 0.0;
  const std::string who =
      concat("leads ", a.name, " and ", b.name, sheaths ? ", with their encapsulation," : "");
  const std::string remedy =
      concat("move one of them by ", millimetres(needed - gap), " or more: change `position`, ",
             "`angle`, `clearance` or `tilt` of [", table.path(), key.empty() ? "" : ".", key, "]");
  if (gap < 0.0)
    table.refuse(key, concat(who, " cut each other by ", millimetres(-gap)), remedy);
  table.refuse(key,
               concat(who, " are only ", to_text(std::round(gap * 1e6) * 1e-3 * mm, "mm"),
                      " apart; the mesh needs ", to_text(lead::lead_mesh_gap, "mm")),
               remedy);
}

void require_mesh_pose_apart(const ReadLeads& all) {
  if (!all.mesh_pose)
    return;
  const std::size_t moved = all.mesh_pose->lead;
  for (std::size_t i = 0; i < all.leads.size(); ++i)
    if (i != moved)
      require_apart(all.leads[i], all.mesh_pose->placed, all.tables[moved], "mesh_pose");
}

} // namespace

std::vector<lead::PlacedLead> ReadLeads::places() const {
  std::vector<lead::PlacedLead> all = leads;
  if (mesh_pose)
    all.push_back(mesh_pose->placed);
  return all;
}

ReadLeads read_leads(Table root, const anatomy::Anatomy& anatomy) {
  ReadLeads all;
  const auto add = [&](Table table, const std::string& name) {
    all.leads.push_back(lead::read_lead(table, anatomy.nerve, anatomy.scene.tissues(),
                                        anatomy.domain_centre, anatomy.domain_radius));
    all.leads.back().name = name;
    all.tables.push_back(table);
    auto meshed = lead::read_mesh_pose(table, all.leads.back(), anatomy.nerve,
                                       anatomy.domain_centre, anatomy.domain_radius);
    if (meshed && all.mesh_pose)
      table.refuse("mesh_pose", "a mesh can follow one lead, not two",
                   "keep one `mesh_pose`, of the lead that is moved");
    if (meshed)
      all.mesh_pose = {all.leads.size() - 1, std::move(*meshed)};
  };
  if (!root.has("leads")) {
    add(root.table("lead", "The lead and where it lies beside the nerve."), "");
    return all;
  }
  if (root.has("lead"))
    root.refuse("lead", "the study has both [lead] and [leads]",
                "make it one of the named leads: [leads.NAME], or remove it");
  for (auto& [name, table] : root.named_tables(
           "leads", "In place of [lead], leads with names, each [leads.NAME] with all "
                    "keys of [lead]. Contacts are then called NAME:E1.")) {
    require_plain(root, name);
    add(table, name);
  }
  if (all.leads.empty())
    root.refuse("leads", "the study has no lead", "add one, for example [leads.cranial]");
  for (std::size_t i = 0; i < all.leads.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      require_apart(all.leads[j], all.leads[i], all.tables[i]);
  require_mesh_pose_apart(all);
  return all;
}

std::string table_of(const lead::PlacedLead& lead) {
  return lead.name.empty() ? "lead" : "leads." + lead.name;
}

} // namespace foramen::study
