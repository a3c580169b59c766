#include "anatomy/scene.hpp"

#include "core/error.hpp"

#include <array>
#include <cmath>
#include <numeric>

namespace foramen::anatomy {

Matrix3d conductivity_tensor(const Tissue& tissue, const Vector3d& direction) {
  const double across = tissue.across.si(), along = tissue.along.si();
  return across * Matrix3d::Identity() + (along - across) * direction * direction.transpose();
}

Scene::Scene(TissueLibrary tissues, std::string background_tissue,
             const Vector3d& background_direction)
    : tissues_(std::move(tissues)), background_(std::move(background_tissue)),
      background_direction_(background_direction) {
  FORAMEN_EXPECT(std::abs(background_direction.norm() - 1.0) < 1e-9,
                 background_direction.transpose());
  background_tensor_ = conductivity_tensor(tissues_.at(background_), background_direction);
}

void Scene::evaluate_at(Frequency f) {
  tissues_.evaluate_at(f);
  background_tensor_ = conductivity_tensor(tissues_.at(background_), background_direction_);
}

void Scene::add(Part part) {
  const std::size_t index = tissues_.index(part.tissue);
  FORAMEN_EXPECT(part.solid != nullptr, part.name);
  FORAMEN_EXPECT(tissues_.all()[index].isotropic() || part.direction, part.name, " of ",
                 part.tissue, " has no direction");
  tissue_index_.push_back(index);
  bounds_.push_back(part.solid->bounds());
  parts_.push_back(std::move(part));
}

int Scene::part_at(const Vector3d& p) const {
  for (std::size_t i = parts_.size(); i-- > 0;)
    if (bounds_[i].contains(p) && parts_[i].solid->contains(p))
      return static_cast<int>(i);
  return -1;
}

const Tissue& Scene::tissue_at(const Vector3d& p) const {
  const int i = part_at(p);
  return i < 0 ? tissues_.at(background_)
               : tissues_.all()[tissue_index_[static_cast<std::size_t>(i)]];
}

Matrix3d Scene::conductivity(const Vector3d& p) const {
  return conductivity_in(part_at(p), p);
}

Matrix3d Scene::conductivity_in(int part, const Vector3d& p) const {
  if (part < 0)
    return background_tensor_;
  const auto i = static_cast<std::size_t>(part);
  const Tissue& tissue = tissues_.all()[tissue_index_[i]];
  if (tissue.isotropic())
    return tissue.across.si() * Matrix3d::Identity();
  return conductivity_tensor(tissue, parts_[i].direction(p));
}

void Scene::conductivities(std::span<const Vector3d> p, std::span<Matrix3d> sigma) const {
  const Vector3d centre = std::accumulate(p.begin(), p.end(), Vector3d(Vector3d::Zero())) /
                          static_cast<double>(p.size());
  double reach = 0.0;
  for (const Vector3d& point : p)
    reach = std::max(reach, (point - centre).norm());
  reach *= 1.1; // distances to tapered tubes are exact to the square of the taper only
  constexpr std::size_t most = 64;
  FORAMEN_EXPECT(p.size() <= most, p.size());
  std::array<bool, most> found{};
  std::size_t missing = p.size();
  const auto take = [&](int part, std::size_t k) {
    sigma[k] = conductivity_in(part, p[k]);
    found[k] = true;
    --missing;
  };
  for (std::size_t i = parts_.size(); i-- > 0 && missing > 0;) {
    if (((centre.array() + reach) < bounds_[i].low.array()).any() ||
        ((centre.array() - reach) > bounds_[i].high.array()).any())
      continue;
    const double distance = parts_[i].solid->distance(centre);
    if (distance > reach)
      continue;
    for (std::size_t k = 0; k < p.size(); ++k)
      if (!found[k] &&
          (distance < -reach || (bounds_[i].contains(p[k]) && parts_[i].solid->contains(p[k]))))
        take(static_cast<int>(i), k);
  }
  for (std::size_t k = 0; k < p.size(); ++k)
    if (!found[k])
      take(-1, k);
}

} // namespace foramen::anatomy
