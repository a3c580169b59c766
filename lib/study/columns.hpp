// Numbers as the datasets of results.h5 hold them: rows one after the other.
#pragma once

#include <Eigen/Core>

#include <vector>

namespace foramen::study {

inline std::vector<double> scaled(std::vector<double> values, double factor) {
  for (double& value : values)
    value *= factor;
  return values;
}

// Three to a point: x, y, z.
inline std::vector<double> coordinates(const std::vector<Eigen::Vector3d>& points,
                                       double factor = 1.0) {
  std::vector<double> values;
  values.reserve(3 * points.size());
  for (const Eigen::Vector3d& p : points)
    for (int k = 0; k < 3; ++k)
      values.push_back(p[k] * factor);
  return values;
}

// value(row) of each.
template <class T, class F> std::vector<double> column(const std::vector<T>& rows, const F& value) {
  std::vector<double> values;
  values.reserve(rows.size());
  for (const T& row : rows)
    values.push_back(value(row));
  return values;
}

} // namespace foramen::study
