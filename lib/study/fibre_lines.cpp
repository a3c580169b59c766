#include "study/fibre_lines.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::study {

std::vector<double> activating_function(std::span<const double> values, double spacing) {
  std::vector<double> f(values.size(), 0.0);
  for (std::size_t i = 1; i + 1 < values.size(); ++i)
    f[i] = (values[i - 1] - 2.0 * values[i] + values[i + 1]) / (spacing * spacing);
  return f;
}

FibreLine fibre_line(const anatomy::Nerve& nerve, const PlacedFibre& fibre,
                     std::span<const double> potentials, std::size_t contacts) {
  FORAMEN_EXPECT(potentials.size() == fibre.cable.n_compartments() * contacts, potentials.size(),
                 " potentials");
  const double internode = fibre.cable.internode_length().si();
  const auto step =
      static_cast<std::size_t>(std::max(1.0, std::ceil(station_spacing / internode - 1e-9)));
  std::vector<std::size_t> nodes;
  for (std::size_t j = 0; j < fibre.cable.n_nodes(); j += step)
    nodes.push_back(j);

  FibreLine line;
  line.spacing = internode * static_cast<double>(step);
  for (const std::size_t j : nodes) {
    line.course_s.push_back(fibre.course_s[j]);
    line.points.push_back(
        nerve.course->at(fibre.course_s[j], fibre.sample.u.si(), fibre.sample.v.si()));
  }
  for (std::size_t c = 0; c < contacts; ++c) {
    std::vector<double> v;
    for (const std::size_t j : nodes)
      v.push_back(potentials[fibre.cable.node(j) * contacts + c]);
    const std::vector<double> f = activating_function(v, line.spacing);
    line.potential.insert(line.potential.end(), v.begin(), v.end());
    line.activating.insert(line.activating.end(), f.begin(), f.end());
  }
  return line;
}

} // namespace foramen::study
