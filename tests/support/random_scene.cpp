#include "support/random_scene.hpp"

#include "anatomy/fascicle_packing.hpp"
#include "anatomy/perineurium.hpp"
#include "core/error.hpp"
#include "core/random.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace foramen::tests {
namespace {

using Eigen::Vector3d;

std::shared_ptr<const geometry::Curve> random_course(core::RandomStream& random, double length) {
  // A sine of amplitude up to 6 mm over 80 mm, more over more: radius of curvature above 25 mm.
  const double more = length * length / (80e-3 * 80e-3);
  const double a = random.uniform(0.0, 6e-3) * more, b = random.uniform(0.0, 4e-3) * more;
  const double phase = random.uniform(0.0, 2.0 * std::numbers::pi);
  std::vector<Vector3d> points;
  for (int i = 0; i <= 16; ++i) {
    const double t = i / 16.0;
    points.emplace_back(a * std::sin(3.0 * t + phase), b * std::cos(4.0 * t), length * (t - 0.5));
  }
  return std::make_shared<const geometry::Curve>(points);
}

// Largest first at random places, 0.08 mm apart; as many as find room in 2000 tries.
std::vector<anatomy::Fascicle> random_fascicles(core::RandomStream& random, double nerve_radius) {
  constexpr double gap = 0.08e-3;
  const auto n = static_cast<std::size_t>(std::floor(random.uniform(1.0, 16.0)));
  std::vector<double> radii;
  for (std::size_t i = 0; i < n; ++i)
    radii.push_back(std::min(random.uniform(0.15e-3, 0.8e-3), 0.5 * nerve_radius));
  std::sort(radii.rbegin(), radii.rend());
  std::vector<anatomy::Fascicle> placed;
  for (const double r : radii)
    for (int attempt = 0; attempt < 2000; ++attempt) {
      const double u = random.uniform(-nerve_radius, nerve_radius);
      const double v = random.uniform(-nerve_radius, nerve_radius);
      const bool inside = std::hypot(u, v) + r + gap < nerve_radius;
      const bool free = std::all_of(placed.begin(), placed.end(), [&](const anatomy::Fascicle& f) {
        return std::hypot(u - f.u, v - f.v) > r + f.radius + gap;
      });
      if (inside && free) {
        placed.push_back({u, v, r, 0.05e-3 * 1149.0});
        break;
      }
    }
  return placed;
}

double gap_to_nerve(const anatomy::Nerve& nerve, const lead::PlacedLead& placed) {
  double least = std::numeric_limits<double>::infinity();
  for (double s = 0.0; s <= placed.length; s += 0.2e-3)
    least = std::min(least, nerve.course->closest(placed.tip + s * placed.direction).distance);
  return least - nerve.radius - 0.5 * placed.model.diameter - placed.encapsulation.thickness;
}

// As many packed fascicles as were drawn, or as find room.
std::vector<anatomy::Fascicle> packed_fascicles(core::RandomStream& random, double nerve_radius) {
  anatomy::PackingWish wish;
  wish.nerve_radius = nerve_radius;
  wish.count = 1 + static_cast<int>(random.below(30));
  wish.smallest_diameter = random.uniform(0.3e-3, 0.6e-3);
  wish.largest_diameter = random.uniform(0.8e-3, 1.6e-3);
  wish.area_fraction = random.uniform(0.1, 0.5);
  wish.gap = 0.02e-3 * std::pow(15.0, random.uniform());
  wish.margin = 0.02e-3 * std::pow(15.0, random.uniform());
  const std::uint64_t seed = random.bits();
  anatomy::Packing packing = anatomy::pack_fascicles(wish, seed);
  for (; packing.discs.empty(); packing = anatomy::pack_fascicles(wish, seed))
    --wish.count;
  std::vector<anatomy::Fascicle> fascicles;
  for (const anatomy::Disc& d : packing.discs)
    fascicles.push_back(
        {d.u, d.v, d.radius,
         anatomy::perineurium_resistance({}, Length::from_si(2.0 * d.radius)).si()});
  return fascicles;
}

// From far away inwards until the smallest gap is `gap`. That gap falls by no more than the
// clearance does, so a step by its excess never cuts the nerve.
lead::PlacedLead placed_with_gap(const RandomScene& scene, const lead::LeadModel& model,
                                 const lead::Encapsulation& shell, lead::Placement placement,
                                 double gap) {
  const auto place = [&] {
    return lead::place_beside(scene.nerve, model, shell, placement, Vector3d::Zero(),
                              scene.ball_radius);
  };
  placement.clearance = 40.0 * mm;
  lead::PlacedLead placed = place();
  for (int i = 0; i < 100; ++i) {
    const double excess = lead::smallest_gap(scene.nerve, placed) - gap;
    if (excess < 1e-7)
      break;
    placement.clearance = Length::from_si(placement.clearance.si() - excess);
    placed = place();
  }
  return placed;
}

} // namespace

lead::LeadModel octrode() {
  lead::LeadModel model;
  model.name = "octrode";
  model.diameter = 1.3e-3;
  for (int i = 0; i < 8; ++i)
    model.contacts.push_back({"E" + std::to_string(i + 1), 3e-3 + 7e-3 * i, 3e-3});
  return model;
}

RandomScene random_scene(std::uint64_t seed) {
  core::RandomStream random(seed, "scene");
  RandomScene scene;
  anatomy::Nerve& nerve = scene.nerve;
  nerve.course = random_course(random, 80e-3);
  nerve.radius = random.uniform(1.5e-3, 3.5e-3);
  nerve.foramen_s = 30e-3;
  nerve.fascicles = random_fascicles(random, nerve.radius);

  scene.clearance = 0.1e-3 * std::pow(40.0, random.uniform(0.0, 1.0));
  const double tilt = random.uniform(0.0, 0.5 * std::numbers::pi);
  const double angle = random.uniform(0.0, 2.0 * std::numbers::pi);
  lead::PlacedLead placed;
  placed.model = octrode();
  placed.encapsulation.thickness = std::max(0.0, random.uniform(-0.1e-3, 0.5e-3));
  placed.length = 60e-3;
  const geometry::Frame f = nerve.course->frame(40e-3);
  const Vector3d outwards = std::cos(angle) * f.u + std::sin(angle) * f.v;
  placed.direction = Eigen::AngleAxisd(tilt, outwards) * f.tangent;
  placed.side = outwards;
  const double start = nerve.radius + 0.65e-3 + placed.encapsulation.thickness;
  // Outwards until the smallest gap anywhere along the lead is the clearance.
  double away = start;
  for (int i = 0; i < 60; ++i) {
    placed.tip = f.origin + away * outwards - 0.5 * placed.length * placed.direction;
    away += std::max(scene.clearance - gap_to_nerve(nerve, placed), 0.0);
  }
  scene.leads = {placed};
  scene.tilt_deg = tilt * 180.0 / std::numbers::pi;
  scene.description = core::concat(
      "seed ", seed, ": ", nerve.fascicles.size(), " fascicles, clearance ", scene.clearance * 1e3,
      " mm, tilt ", scene.tilt_deg, " deg, shell ", placed.encapsulation.thickness * 1e3, " mm");
  return scene;
}

RandomScene catalogue_scene(std::uint64_t seed) {
  core::RandomStream random(seed, "catalogue scene");
  RandomScene scene;
  scene.ball_radius = 100e-3;
  anatomy::Nerve& nerve = scene.nerve;
  nerve.course = random_course(random, random.uniform(70e-3, 110e-3));
  nerve.radius = random.uniform(1.5e-3, 3.5e-3);
  nerve.foramen_s = 0.5 * nerve.course->length();
  nerve.fascicles = packed_fascicles(random, nerve.radius);

  const std::vector<std::string> names = lead::lead_names();
  const lead::LeadModel model = lead::load_lead(names[random.below(names.size())]);
  lead::Encapsulation shell;
  if (const double thickness = random.uniform(); thickness > 1.0 / 3.0)
    shell.thickness = 0.02e-3 * std::pow(50.0, 1.5 * thickness - 0.5);
  // A little above what is still legal: the placement ends within 1e-7 m of the wanted gap.
  const double least = lead::mesh_gap.si() + 1e-6;
  const double gap = least * std::pow(4e-3 / least, random.uniform());
  scene.tilt_deg = random.uniform(0.0, 90.0);
  lead::Placement placement;
  placement.tilt = scene.tilt_deg * deg;
  placement.angle = random.uniform(0.0, 360.0) * deg;
  placement.roll = random.uniform(0.0, 360.0) * deg;
  placement.position = random.uniform(-15.0, 15.0) * mm;
  placement.tip_distal = random.below(2) == 1;
  scene.leads = {placed_with_gap(scene, model, shell, placement, gap)};
  scene.clearance = lead::smallest_gap(nerve, scene.leads[0]) + shell.thickness;
  scene.description = core::concat("seed ", seed, ": ", model.name, ", ", nerve.fascicles.size(),
                                   " fascicles, clearance ", scene.clearance * 1e3, " mm, tilt ",
                                   scene.tilt_deg, " deg, shell ", shell.thickness * 1e3, " mm");
  return scene;
}

Setting::Setting(RandomScene scene) : random(std::move(scene)) {
  const auto tissue = [](const std::string& name, double along, double across) {
    return anatomy::Tissue{name,
                           along * S_per_m,
                           across * S_per_m,
                           across * S_per_m,
                           across * S_per_m,
                           "test",
                           "",
                           false,
                           {}};
  };
  anatomy::TissueLibrary tissues;
  tissues.set(tissue("medium", 0.2, 0.2));
  tissues.set(tissue("endoneurium", 0.571, 0.083));
  tissues.set(tissue("epineurium", 0.159, 0.159));
  tissues.set(tissue("encapsulation_chronic", 0.1, 0.1));
  body = std::make_unique<anatomy::Anatomy>(anatomy::Anatomy{
      anatomy::Scene(tissues, "medium"), random.nerve, {}, Vector3d::Zero(), random.ball_radius});
}

} // namespace foramen::tests
