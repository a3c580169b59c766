#include "study/write_leads.hpp"

#include "study/columns.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::study {
namespace {

using Eigen::Vector3d;

// "octrode", or of several leads "octrode, drg_slimtip".
std::string joined(const Study& study, std::string lead::LeadModel::*text) {
  std::string all;
  for (const lead::PlacedLead& lead : study.leads)
    all += (all.empty() ? "" : ", ") + lead.model.*text;
  return all;
}

void write_contacts(io::Hdf5Writer& file, const Study& study) {
  const geometry::Curve& course = *study.anatomy.nerve.course;
  std::vector<Vector3d> centres;
  std::vector<double> along, areas;
  for (const Contact& contact : study.contacts) {
    centres.push_back(contact.centre);
    along.push_back((course.closest(contact.centre).s - study.anatomy.nerve.foramen_s) * 1e3);
    areas.push_back(contact.area * 1e6);
  }
  const std::size_t n = centres.size();
  file.write_texts("/lead/contact", names_of(study.contacts), {n}, "contacts from the tip");
  file.write_doubles("/lead/contact_centre", coordinates(centres, 1e3), {n, 3},
                     {"mm", "centres of the contacts"}, {"/lead/contact", ""});
  file.write_doubles("/lead/contact_position", along, {n},
                     {"mm", "position along the nerve from the foramen, outwards positive"},
                     {"/lead/contact"});
  file.write_doubles("/lead/contact_area", areas, {n}, {"mm^2", "area of the contacts"},
                     {"/lead/contact"});
}

void write_names(io::Hdf5Writer& file, const Study& study) {
  std::vector<std::string> names;
  for (const lead::PlacedLead& lead : study.leads)
    names.push_back(lead.name);
  file.write_texts("/lead/name", names, {names.size()}, "leads of the study");
  std::vector<int> of_contact;
  for (const Contact& contact : study.contacts)
    of_contact.push_back(static_cast<int>(contact.lead));
  file.write_integers("/lead/contact_lead", of_contact, {of_contact.size()},
                      {"1", "index of the contact's lead"}, {"/lead/contact"});
}

void write_places(io::Hdf5Writer& file, const Study& study) {
  std::vector<double> diameters;
  std::vector<Vector3d> tips, directions;
  for (const lead::PlacedLead& lead : study.leads) {
    diameters.push_back(lead.model.diameter * 1e3);
    tips.push_back(lead.tip);
    directions.push_back(lead.direction);
  }
  const bool named = !study.leads.front().name.empty();
  const std::size_t n = study.leads.size();
  const io::Label diameter{"mm", "diameter of the lead"}, tip{"mm", "end of the lead's tip"},
      direction{"1", "unit vector at the tip along the lead"};
  if (!named) {
    file.write_number("/lead/diameter", diameters.front(), diameter);
    file.write_doubles("/lead/tip", coordinates(tips, 1e3), {3}, tip);
    file.write_doubles("/lead/direction", coordinates(directions), {3}, direction);
    return;
  }
  file.write_doubles("/lead/diameter", diameters, {n}, diameter, {"/lead/name"});
  file.write_doubles("/lead/tip", coordinates(tips, 1e3), {n, 3}, tip, {"/lead/name", ""});
  file.write_doubles("/lead/direction", coordinates(directions), {n, 3}, direction,
                     {"/lead/name", ""});
}

void write_axes(io::Hdf5Writer& file, const Study& study) {
  std::vector<Vector3d> points;
  std::vector<int> of_point;
  for (std::size_t l = 0; l < study.leads.size(); ++l)
    for (const Vector3d& p : axis_points(study.leads[l])) {
      points.push_back(p);
      of_point.push_back(static_cast<int>(l));
    }
  file.write_doubles("/lead/axis", coordinates(points, 1e3), {points.size(), 3},
                     {"mm", "each lead's axis from the tip: its ends, or points of a bent one"});
  file.write_integers("/lead/axis_lead", of_point, {of_point.size()},
                      {"1", "index of the lead of each point"});
}

} // namespace

std::vector<Vector3d> axis_points(const lead::PlacedLead& lead) {
  const int n = lead.straight() ? 1 : static_cast<int>(std::ceil(lead.length * 1e3));
  std::vector<Vector3d> points;
  for (int i = 0; i <= n; ++i)
    points.push_back(lead.point(lead.length * i / n));
  return points;
}

void write_leads(io::Hdf5Writer& file, const Study& study, std::size_t shown) {
  file.attribute("/lead", "model", joined(study, &lead::LeadModel::name));
  file.attribute("/lead", "source", joined(study, &lead::LeadModel::source));
  file.attribute("/lead", "contact_of_slices", study.contacts[shown].name);
  write_contacts(file, study);
  if (!study.leads.front().name.empty())
    write_names(file, study);
  write_places(file, study);
  write_axes(file, study);
  // Where each lead's axis comes through the cross-section of the slices, nearly: its point beside
  // the nerve's point there.
  const geometry::Curve& course = *study.anatomy.nerve.course;
  const geometry::Frame frame = course.frame(course.closest(study.contacts[shown].centre).s);
  std::vector<double> uv;
  for (std::size_t l = 0; l < study.leads.size(); ++l) {
    const lead::PlacedLead& lead = study.leads[l];
    Vector3d p = study.contacts[shown].centre;
    if (l != study.contacts[shown].lead) {
      const double through = lead.direction.dot(frame.tangent);
      const double s =
          through != 0.0 ? (frame.origin - lead.tip).dot(frame.tangent) / through : 0.0;
      p = lead.straight() ? lead.point(std::clamp(s, 0.0, lead.length))
                          : lead.point(lead.foot(frame.origin).s);
    }
    uv.push_back((p - frame.origin).dot(frame.u) * 1e3);
    uv.push_back((p - frame.origin).dot(frame.v) * 1e3);
  }
  const io::Shape shape =
      study.leads.front().name.empty() ? io::Shape{2} : io::Shape{study.leads.size(), 2};
  file.write_doubles(
      "/lead/centre_in_nerve_frame", uv, shape,
      {"mm", "the lead's axis at the contact of the slices, in the nerve's frame (u, v)"});
}

} // namespace foramen::study
