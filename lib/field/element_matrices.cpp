#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/laminate.hpp"
#include "field/local_matrices.hpp"
#include "field/reference_element.hpp"
#include "field/simd.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace foramen::field {
namespace {

using core::concat;
using core::ConfigError;

constexpr std::size_t width = 8; // elements at a time
using V = Lanes<double, width>;
constexpr std::size_t n_packed = 55;
constexpr std::size_t most_points = 14;

// Eight elements side by side.
struct Batch {
  V x[10][3];
  V sigma[most_points][6]; // xx xy xz yy yz zz
  V k[n_packed];
};

FORAMEN_KERNEL void integrate(const TetRule& rule, Batch& batch) {
  for (V& k : batch.k)
    k = V{};
  const std::size_t n_points = rule.weight.size();
  for (std::size_t q = 0; q < n_points; ++q) {
    const std::array<Vector3d, 10>& g = rule.gradient[q];
    V j[3][3] = {}; // dx_i / dxi_d
    for (std::size_t a = 0; a < 10; ++a)
      for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t d = 0; d < 3; ++d)
          j[i][d] += batch.x[a][i] * g[a].data()[d];
    V c[3][3]; // cofactors: inverse transposed times the determinant
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t d = 0; d < 3; ++d) {
        const std::size_t i1 = (i + 1) % 3, i2 = (i + 2) % 3, d1 = (d + 1) % 3, d2 = (d + 2) % 3;
        c[i][d] = j[i1][d1] * j[i2][d2] - j[i1][d2] * j[i2][d1];
      }
    const V det = j[0][0] * c[0][0] + j[0][1] * c[0][1] + j[0][2] * c[0][2];
    const V scale = rule.weight[q] / det; // the gradients below carry one factor det each
    const V* s = batch.sigma[q];
    V gradient[10][3];
    for (std::size_t a = 0; a < 10; ++a)
      for (std::size_t i = 0; i < 3; ++i)
        gradient[a][i] =
            c[i][0] * g[a].data()[0] + c[i][1] * g[a].data()[1] + c[i][2] * g[a].data()[2];
    for (std::size_t b = 0; b < 10; ++b) {
      const V* u = gradient[b];
      const V flux[3] = {scale * (s[0] * u[0] + s[1] * u[1] + s[2] * u[2]),
                         scale * (s[1] * u[0] + s[3] * u[1] + s[4] * u[2]),
                         scale * (s[2] * u[0] + s[4] * u[1] + s[5] * u[2])};
      for (std::size_t a = 0; a <= b; ++a)
        batch.k[packed_index(a, b, 10)] +=
            gradient[a][0] * flux[0] + gradient[a][1] * flux[1] + gradient[a][2] * flux[2];
    }
  }
}

std::array<double, 6> checked(const VolumeScene& scene, int region, const Vector3d& p,
                              const Matrix3d& s) {
  const double xx = s(0, 0), yy = s(1, 1), zz = s(2, 2), xy = s(0, 1), xz = s(0, 2), yz = s(1, 2);
  const double minor = xx * yy - xy * xy;
  const double det = zz * minor - xx * yz * yz - yy * xz * xz + 2.0 * xy * xz * yz;
  const double skew =
      std::max({std::abs(xy - s(1, 0)), std::abs(xz - s(2, 0)), std::abs(yz - s(2, 1))});
  if (!(xx > 0.0 && minor > 0.0 && det > 0.0 && std::isfinite(det) &&
        skew <= 1e-9 * (xx + yy + zz)))
    throw ConfigError(concat("conductivity of region '",
                             scene.surfaces[static_cast<std::size_t>(region)].name, "' at (",
                             p.transpose(), ") m"),
                      concat("the tensor [", s.row(0), "; ", s.row(1), "; ", s.row(2),
                             "] S/m is not symmetric positive definite"),
                      "give every tissue a positive conductivity in every direction");
  return {xx, xy, xz, yy, yz, zz};
}

struct Conductivity {
  const VolumeScene* scene;
  std::vector<std::array<double, 6>> uniform; // by region, where it is

  Conductivity(const VolumeScene& s, const Space& space) : scene(&s), uniform(s.surfaces.size()) {
    std::vector<bool> seen(uniform.size(), false);
    for (std::size_t t = 0; t < space.elements.size(); ++t) {
      const auto r = static_cast<std::size_t>(space.region[t]);
      if (!is_uniform(r) || seen[r])
        continue;
      seen[r] = true;
      Vector3d centre = Vector3d::Zero();
      for (std::size_t a = 0; a < 4; ++a)
        centre += 0.25 * space.nodes[static_cast<std::size_t>(space.elements[t][a])];
      uniform[r] = checked(s, space.region[t], centre, s.conductivity(space.region[t], centre));
    }
  }
  bool is_uniform(std::size_t r) const {
    return r < scene->region_is_uniform.size() && scene->region_is_uniform[r];
  }
};

// The tensors at the points of a rule in an element of varying conductivity.
void look_up(const VolumeScene& scene, const Space& space, std::size_t t, const TetRule& rule,
             std::array<std::array<double, 6>, most_points>& sigma) {
  std::array<Vector3d, most_points> points;
  std::array<Matrix3d, most_points> tensors;
  const std::size_t n = rule.weight.size();
  for (std::size_t q = 0; q < n; ++q) {
    points[q].setZero();
    for (std::size_t a = 0; a < 10; ++a)
      points[q] += rule.value[q][a] * space.nodes[static_cast<std::size_t>(space.elements[t][a])];
  }
  const int region = space.region[t];
  if (scene.conductivities)
    scene.conductivities(region, {points.data(), n}, {tensors.data(), n});
  for (std::size_t q = 0; q < n; ++q) {
    if (!scene.conductivities)
      tensors[q] = scene.conductivity(region, points[q]);
    sigma[q] = checked(scene, region, points[q], tensors[q]);
  }
  if (const auto r = static_cast<std::size_t>(region);
      r >= scene.region_has_jumps.size() || !scene.region_has_jumps[r])
    return;
  if (const auto one = laminate({points.data(), n}, rule.weight, {tensors.data(), n}))
    sigma.fill(checked(scene, region, points[0], *one));
}

struct Place {
  int element, position; // in the mesh, among the matrices
};

// Integrates the elements of `list` eight by eight into their places.
void integrate_list(std::span<const Place> list, const TetRule& rule,
                    const Conductivity& conductivity, const Space& space, LocalMatrices& out) {
  const std::size_t n_batches = (list.size() + width - 1) / width;
  core::parallel_for(n_batches, 32, [&](std::size_t b) {
    Batch batch;
    for (std::size_t l = 0; l < width; ++l) { // the last batch repeats its last element
      const auto t =
          static_cast<std::size_t>(list[std::min(b * width + l, list.size() - 1)].element);
      const auto& element = space.elements[t];
      for (std::size_t a = 0; a < 10; ++a)
        for (std::size_t i = 0; i < 3; ++i)
          batch.x[a][i][l] = space.nodes[static_cast<std::size_t>(element[a])].data()[i];
      const auto r = static_cast<std::size_t>(space.region[t]);
      std::array<std::array<double, 6>, most_points> sigma;
      if (conductivity.is_uniform(r))
        sigma.fill(conductivity.uniform[r]);
      else
        look_up(*conductivity.scene, space, t, rule, sigma);
      for (std::size_t q = 0; q < rule.weight.size(); ++q)
        for (std::size_t i = 0; i < 6; ++i)
          batch.sigma[q][i][l] = sigma[q][i];
    }
    integrate(rule, batch);
    for (std::size_t l = 0; l < width && b * width + l < list.size(); ++l) {
      const auto t = static_cast<std::size_t>(list[b * width + l].position);
      for (std::size_t i = 0; i < n_packed; ++i)
        out.values[t * n_packed + i] = batch.k[i][l];
    }
  });
}

void integrate_all(const VolumeScene& scene, const Space& space, std::span<const Place> all,
                   LocalMatrices& out) {
  const Conductivity conductivity(scene, space);
  std::vector<Place> simple, general;
  for (const Place& place : all) {
    const auto t = static_cast<std::size_t>(place.element);
    const bool uniform = conductivity.is_uniform(static_cast<std::size_t>(space.region[t]));
    (uniform && !space.curved[t] ? simple : general).push_back(place);
  }
  integrate_list(simple, tet_rule_degree_2(), conductivity, space, out);
  integrate_list(general, tet_rule_degree_5(), conductivity, space, out);
}

} // namespace

void update_element_matrices(const VolumeScene& scene, const Space& space,
                             std::span<const int> elements, LocalMatrices& all) {
  std::vector<Place> places;
  for (const int t : elements)
    places.push_back({t, t});
  integrate_all(scene, space, places, all);
}

LocalMatrices element_matrices(const VolumeScene& scene, const Space& space, WantedNodes wanted) {
  LocalMatrices out{.size = 10, .nodes = {}, .values = {}};
  std::vector<Place> all;
  for (std::size_t t = 0; t < space.elements.size(); ++t)
    if (any_wanted(wanted, space.elements[t]))
      all.push_back({static_cast<int>(t), static_cast<int>(all.size())});
  out.nodes.resize(all.size() * 10);
  core::parallel_for(all.size(), 4096, [&](std::size_t i) {
    const auto& element = space.elements[static_cast<std::size_t>(all[i].element)];
    std::copy(element.begin(), element.end(),
              out.nodes.begin() + static_cast<std::ptrdiff_t>(10 * i));
  });
  out.values.resize(all.size() * n_packed);
  integrate_all(scene, space, all, out);
  return out;
}

} // namespace foramen::field
