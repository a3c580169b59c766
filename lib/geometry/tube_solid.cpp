#include "core/error.hpp"
#include "geometry/curve.hpp"
#include "geometry/solid.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::geometry {
namespace {

// Within radius(s) of the curve, cut flat at both ends. The side distance is that to the curve
// continued straight, less the radius there, times the cosine of the taper.
class Tube final : public Solid {
public:
  Tube(std::shared_ptr<const Curve> curve, double radius_start, double radius_end)
      : curve_(std::move(curve)), start_(radius_start), end_(radius_end),
        cosine_(1.0 / std::hypot(1.0, (radius_end - radius_start) / curve_->length())) {
    FORAMEN_EXPECT(radius_start > 0.0 && radius_end > 0.0, radius_start, ", ", radius_end);
    constexpr int n = 400; // spheres along the curve, each grown by half the way to the next
    const double reach =
        std::max(radius_start, radius_end) + 0.5 * curve_->length() / static_cast<double>(n);
    bounds_ = {curve_->point(0.0), curve_->point(0.0)};
    for (int i = 0; i <= n; ++i) {
      const Vector3d p = curve_->point(curve_->length() * i / n);
      bounds_.low = bounds_.low.cwiseMin(p - Vector3d::Constant(reach));
      bounds_.high = bounds_.high.cwiseMax(p + Vector3d::Constant(reach));
    }
  }
  double distance(const Vector3d& p) const override {
    const Curve::Foot foot = curve_->closest(p);
    const double length = curve_->length();
    double radial = foot.distance, cap = std::max(-foot.s, foot.s - length);
    if (foot.s <= 0.0 || foot.s >= length) { // beyond an end, or just opposite it
      const Vector3d out = foot.s <= 0.0 ? -curve_->tangent(0.0) : curve_->tangent(length);
      const Vector3d from_end = p - curve_->point(foot.s);
      cap = from_end.dot(out);
      radial = (from_end - cap * out).norm();
    }
    const double radius = start_ + (end_ - start_) * foot.s / length;
    const double side = (radial - radius) * cosine_;
    return std::min(std::max(side, cap), 0.0) + std::hypot(std::max(side, 0.0), std::max(cap, 0.0));
  }
  bool contains(const Vector3d& p) const override {
    return bounds_.contains(p) && distance(p) <= 0.0;
  }
  Bounds bounds() const override { return bounds_; }

private:
  std::shared_ptr<const Curve> curve_;
  double start_, end_, cosine_;
  Bounds bounds_;
};

} // namespace

SolidPtr tube(std::shared_ptr<const Curve> curve, double radius) {
  return std::make_shared<Tube>(std::move(curve), radius, radius);
}
SolidPtr tapered_tube(std::shared_ptr<const Curve> curve, double radius_start, double radius_end) {
  return std::make_shared<Tube>(std::move(curve), radius_start, radius_end);
}

} // namespace foramen::geometry
