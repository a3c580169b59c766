#include "study/field_artefacts.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace foramen::study {
namespace {

using field::Vector3d;

std::vector<double> coordinates(const std::vector<Vector3d>& points) {
  std::vector<double> values;
  values.reserve(3 * points.size());
  for (const Vector3d& p : points)
    values.insert(values.end(), p.data(), p.data() + 3);
  return values;
}
std::vector<Vector3d> points_of(const std::vector<double>& values) {
  std::vector<Vector3d> points(values.size() / 3);
  for (std::size_t i = 0; i < points.size(); ++i)
    points[i] = Vector3d(values[3 * i], values[3 * i + 1], values[3 * i + 2]);
  return points;
}
template <std::size_t N>
std::vector<std::int32_t> flat(const std::vector<std::array<int, N>>& rows) {
  std::vector<std::int32_t> values;
  values.reserve(N * rows.size());
  for (const auto& row : rows)
    values.insert(values.end(), row.begin(), row.end());
  return values;
}
template <std::size_t N>
std::vector<std::array<int, N>> rows_of(const std::vector<std::int32_t>& values) {
  std::vector<std::array<int, N>> rows(values.size() / N);
  for (std::size_t i = 0; i < rows.size(); ++i)
    std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(N * i), N, rows[i].begin());
  return rows;
}

} // namespace

Artefact to_artefact(const field::TetMesh& mesh) {
  Artefact a;
  a.set("vertices", coordinates(mesh.vertices), {mesh.vertices.size(), 3});
  a.set("tets", flat(mesh.tets), {mesh.tets.size(), 4});
  a.set("region", std::vector<std::int32_t>(mesh.region));
  a.set("faces", flat(mesh.faces), {mesh.faces.size(), 3});
  a.set("face_surface", std::vector<std::int32_t>(mesh.face_surface));
  a.set("face_patch", std::vector<std::int32_t>(mesh.face_patch));
  return a;
}
field::TetMesh mesh_of(const Artefact& a) {
  return {
      points_of(a.doubles("vertices")), rows_of<4>(a.integers("tets")), a.integers("region"),
      rows_of<3>(a.integers("faces")),  a.integers("face_surface"),     a.integers("face_patch")};
}

Artefact to_artefact(const field::UnitPotentials& p) {
  Artefact a;
  a.set("nodes", coordinates(p.nodes), {p.nodes.size(), 3});
  a.set("elements", flat(p.elements), {p.elements.size(), 10});
  a.set("region", std::vector<std::int32_t>(p.region));
  const auto rows = static_cast<std::size_t>(p.phi.rows());
  const auto columns = static_cast<std::size_t>(p.phi.cols());
  a.set("phi", std::vector<double>(p.phi.data(), p.phi.data() + p.phi.size()), {rows, columns});
  a.set("impedance",
        std::vector<double>(p.impedance.data(), p.impedance.data() + p.impedance.size()),
        {columns, columns});
  const field::SolverReport& r = p.report;
  a.set("report",
        std::vector<double>{static_cast<double>(r.n_tets), static_cast<double>(r.n_unknowns),
                            static_cast<double>(r.iterations), r.residual, r.current_imbalance,
                            static_cast<double>(r.straightened_elements), r.setup_s, r.assembly_s,
                            r.multigrid_s, r.solve_s});
  return a;
}
field::UnitPotentials potentials_of(const Artefact& a) {
  field::UnitPotentials p;
  p.nodes = points_of(a.doubles("nodes"));
  p.elements = rows_of<10>(a.integers("elements"));
  p.region = a.integers("region");
  const auto rows = static_cast<Eigen::Index>(a.shape("phi")[0]);
  const auto columns = static_cast<Eigen::Index>(a.shape("phi")[1]);
  p.phi = Eigen::Map<const decltype(p.phi)>(a.doubles("phi").data(), rows, columns);
  p.impedance = Eigen::Map<const Eigen::MatrixXd>(a.doubles("impedance").data(), columns, columns);
  const std::vector<double>& r = a.doubles("report");
  p.report = {static_cast<std::size_t>(r[0]),
              static_cast<std::size_t>(r[1]),
              static_cast<int>(r[2]),
              r[3],
              r[4],
              static_cast<int>(r[5]),
              r[6],
              r[7],
              r[8],
              r[9]};
  return p;
}

} // namespace foramen::study
