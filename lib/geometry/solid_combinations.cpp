#include "core/error.hpp"
#include "geometry/solid.hpp"

#include <algorithm>

namespace foramen::geometry {
namespace {

class Union final : public Solid {
public:
  explicit Union(std::vector<SolidPtr> parts) : parts_(std::move(parts)) {
    FORAMEN_EXPECT(!parts_.empty(), "union of nothing");
    bounds_ = parts_.front()->bounds();
    for (const SolidPtr& part : parts_) {
      const Bounds b = part->bounds();
      part_bounds_.push_back(b);
      bounds_ = {bounds_.low.cwiseMin(b.low), bounds_.high.cwiseMax(b.high)};
    }
  }
  double distance(const Vector3d& p) const override {
    double d = parts_.front()->distance(p);
    for (const SolidPtr& part : parts_)
      d = std::min(d, part->distance(p));
    return d;
  }
  bool contains(const Vector3d& p) const override {
    for (std::size_t i = 0; i < parts_.size(); ++i)
      if (part_bounds_[i].contains(p) && parts_[i]->contains(p))
        return true;
    return false;
  }
  Bounds bounds() const override { return bounds_; }

private:
  std::vector<SolidPtr> parts_;
  std::vector<Bounds> part_bounds_;
  Bounds bounds_;
};

class Intersection final : public Solid {
public:
  explicit Intersection(std::vector<SolidPtr> parts) : parts_(std::move(parts)) {
    FORAMEN_EXPECT(!parts_.empty(), "intersection of nothing");
    for (const SolidPtr& part : parts_) {
      const Bounds b = part->bounds();
      bounds_ = {bounds_.low.cwiseMax(b.low), bounds_.high.cwiseMin(b.high)};
    }
  }
  double distance(const Vector3d& p) const override {
    double d = parts_.front()->distance(p);
    for (const SolidPtr& part : parts_)
      d = std::max(d, part->distance(p));
    return d;
  }
  bool contains(const Vector3d& p) const override {
    return std::all_of(parts_.begin(), parts_.end(),
                       [&p](const SolidPtr& part) { return part->contains(p); });
  }
  Bounds bounds() const override { return bounds_; }

private:
  std::vector<SolidPtr> parts_;
  Bounds bounds_;
};

class Difference final : public Solid {
public:
  Difference(SolidPtr from, SolidPtr what) : from_(std::move(from)), what_(std::move(what)) {}
  double distance(const Vector3d& p) const override {
    return std::max(from_->distance(p), -what_->distance(p));
  }
  bool contains(const Vector3d& p) const override {
    return from_->contains(p) && !what_->contains(p);
  }
  Bounds bounds() const override { return from_->bounds(); }

private:
  SolidPtr from_, what_;
};

class Grown final : public Solid {
public:
  Grown(SolidPtr solid, double by) : solid_(std::move(solid)), by_(by) {
    const Vector3d more = Vector3d::Constant(std::max(by, 0.0));
    const Bounds b = solid_->bounds();
    bounds_ = {b.low - more, b.high + more};
  }
  double distance(const Vector3d& p) const override { return solid_->distance(p) - by_; }
  bool contains(const Vector3d& p) const override {
    return bounds_.contains(p) && distance(p) <= 0.0;
  }
  Bounds bounds() const override { return bounds_; }

private:
  SolidPtr solid_;
  double by_;
  Bounds bounds_;
};

} // namespace

SolidPtr unite(std::vector<SolidPtr> parts) {
  return std::make_shared<Union>(std::move(parts));
}
SolidPtr intersect(std::vector<SolidPtr> parts) {
  return std::make_shared<Intersection>(std::move(parts));
}
SolidPtr subtract(SolidPtr from, SolidPtr what) {
  return std::make_shared<Difference>(std::move(from), std::move(what));
}
SolidPtr grow(SolidPtr solid, double by) {
  return std::make_shared<Grown>(std::move(solid), by);
}

} // namespace foramen::geometry
