#include "geometry/solid.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::geometry {
namespace {

class Box final : public Solid {
public:
  Box(const Vector3d& centre, const Vector3d& half, const Eigen::Matrix3d& axes, double rounding)
      : centre_(centre), half_(half), axes_(axes), rounding_(rounding) {
    FORAMEN_EXPECT(half.minCoeff() > 0.0 && rounding >= 0.0 && rounding <= half.minCoeff(),
                   half.transpose(), ", rounding ", rounding);
  }
  double distance(const Vector3d& p) const override {
    const Vector3d local = axes_.transpose() * (p - centre_);
    const Vector3d beyond = local.cwiseAbs() - half_ + Vector3d::Constant(rounding_);
    return beyond.cwiseMax(0.0).norm() + std::min(beyond.maxCoeff(), 0.0) - rounding_;
  }
  Bounds bounds() const override {
    const Vector3d extent = axes_.cwiseAbs() * half_;
    return {centre_ - extent, centre_ + extent};
  }

private:
  Vector3d centre_, half_;
  Eigen::Matrix3d axes_;
  double rounding_;
};

class Sphere final : public Solid {
public:
  Sphere(const Vector3d& centre, double radius) : centre_(centre), radius_(radius) {
    FORAMEN_EXPECT(radius > 0.0, radius);
  }
  double distance(const Vector3d& p) const override { return (p - centre_).norm() - radius_; }
  Bounds bounds() const override {
    return {centre_ - Vector3d::Constant(radius_), centre_ + Vector3d::Constant(radius_)};
  }

private:
  Vector3d centre_;
  double radius_;
};

class Cylinder final : public Solid {
public:
  Cylinder(const Vector3d& base, const Vector3d& top, double radius)
      : base_(base), axis_((top - base).normalized()), length_((top - base).norm()),
        radius_(radius) {
    FORAMEN_EXPECT(length_ > 0.0 && radius > 0.0, "length ", length_, ", radius ", radius);
  }
  double distance(const Vector3d& p) const override {
    const double z = (p - base_).dot(axis_);
    const double side = (p - base_ - z * axis_).norm() - radius_;
    const double cap = std::max(-z, z - length_);
    return std::min(std::max(side, cap), 0.0) + std::hypot(std::max(side, 0.0), std::max(cap, 0.0));
  }
  bool contains(const Vector3d& p) const override {
    const double z = (p - base_).dot(axis_);
    return z >= 0.0 && z <= length_ && (p - base_ - z * axis_).squaredNorm() <= radius_ * radius_;
  }
  Bounds bounds() const override {
    const Vector3d top = base_ + length_ * axis_;
    const Vector3d extent = radius_ * (1.0 - axis_.array().square()).max(0.0).sqrt().matrix();
    return {base_.cwiseMin(top) - extent, base_.cwiseMax(top) + extent};
  }

private:
  Vector3d base_, axis_;
  double length_, radius_;
};

class HalfSpace final : public Solid {
public:
  HalfSpace(const Vector3d& point, const Vector3d& normal)
      : point_(point), normal_(normal.normalized()) {
    FORAMEN_EXPECT(normal.norm() > 0.0, normal.transpose());
  }
  double distance(const Vector3d& p) const override { return (p - point_).dot(normal_); }

private:
  Vector3d point_, normal_;
};

} // namespace

SolidPtr box(const Vector3d& centre, const Vector3d& half_size, const Eigen::Matrix3d& axes,
             double rounding) {
  return std::make_shared<Box>(centre, half_size, axes, rounding);
}
SolidPtr sphere(const Vector3d& centre, double radius) {
  return std::make_shared<Sphere>(centre, radius);
}
SolidPtr cylinder(const Vector3d& base, const Vector3d& top, double radius) {
  return std::make_shared<Cylinder>(base, top, radius);
}
SolidPtr half_space(const Vector3d& point, const Vector3d& outward_normal) {
  return std::make_shared<HalfSpace>(point, outward_normal);
}

} // namespace foramen::geometry
