#include "field/ring_references.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

namespace foramen::field {
namespace {

std::vector<std::vector<double>> read_csv(const std::string& path) {
  std::ifstream in(path);
  std::string line;
  if (!std::getline(in, line))
    throw core::WorldError(path, "the reference cannot be read", "name the folder that holds it");
  std::vector<std::vector<double>> rows;
  while (std::getline(in, line)) {
    std::replace(line.begin(), line.end(), ',', ' ');
    std::istringstream words(line);
    auto& row = rows.emplace_back();
    for (double x; words >> x;)
      row.push_back(x);
  }
  return rows;
}

} // namespace

RingReference read_ring_reference(const std::string& stem) {
  RingReference reference;
  for (const auto& row : read_csv(stem + "_impedance.csv"))
    reference.impedance.push_back(
        {static_cast<Eigen::Index>(row.at(0)), static_cast<Eigen::Index>(row.at(1)), row.at(2)});
  for (const auto& row : read_csv(stem + "_potential.csv"))
    reference.points.push_back(
        {static_cast<std::size_t>(row.at(0)), row.at(1), row.at(2), row.at(3)});
  return reference;
}

Vector3d place(const RingLead& lead, const RingReference::Point& point) {
  const Vector3d outwards(std::cos(lead.sampled_angle), std::sin(lead.sampled_angle), 0.0);
  return 1e-3 * point.rho_mm * outwards + Vector3d(0.0, 0.0, 1e-3 * point.z_mm);
}

std::vector<RingCase> ring_cases() {
  RingLead octrode{.centres = {}, .shell = 0.3e-3};
  for (int i = 0; i < 8; ++i)
    octrode.centres.push_back((i - 3.5) * 7e-3);
  return {{"ring", "ring_3x1.3_homogeneous", {.centres = {0.0}}},
          {"octrode", "octrode_3x1.3_pitch7_encapsulated", octrode}};
}

} // namespace foramen::field
