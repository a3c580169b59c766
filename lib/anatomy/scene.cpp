#include "anatomy/scene.hpp"

#include "core/error.hpp"

#include <cmath>

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
  const int part = part_at(p);
  if (part < 0)
    return background_tensor_;
  const auto i = static_cast<std::size_t>(part);
  const Tissue& tissue = tissues_.all()[tissue_index_[i]];
  if (tissue.isotropic())
    return tissue.across.si() * Matrix3d::Identity();
  return conductivity_tensor(tissue, parts_[i].direction(p));
}

} // namespace foramen::anatomy
