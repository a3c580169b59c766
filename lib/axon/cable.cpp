#include "axon/cable.hpp"

#include "core/error.hpp"

#include <cmath>
#include <utility>

namespace foramen::axon {
namespace {

void refuse(const Cable::Name& name, std::size_t k, const Compartment& c, const std::string& what) {
  throw ConfigError(concat("fibre '", name.model, "' of ", name.diameter.in(um), " um"),
                    concat("compartment ", k, " of a period (", name_of(c.part), ") has ", what),
                    "choose a diameter for which the model's geometry makes sense");
}

void check(const Cable::Name& name, std::size_t k, const Compartment& c) {
  if (!(c.length_cm > 0.0) || !std::isfinite(c.length_cm))
    refuse(name, k, c, concat("a length of ", 1e4 * c.length_cm, " um"));
  if (!(c.capacitance_uF > 0.0) || !std::isfinite(c.capacitance_uF))
    refuse(name, k, c, concat("a membrane capacitance of ", c.capacitance_uF, " uF"));
  if (c.part != Part::node && !(c.myelin_capacitance_uF > 0.0 && c.myelin_conductance_mS > 0.0))
    refuse(name, k, c, "no myelin");
  const auto sound = [](double g) { return g >= 0.0 && std::isfinite(g); };
  bool good = sound(c.axial_mS) && sound(c.periaxonal_mS) && sound(c.leak_mS);
  for (const double g : c.channels_mS)
    good = good && sound(g);
  if (!good)
    refuse(name, k, c, "a negative or undefined conductance");
}

} // namespace

const char* name_of(Part part) {
  switch (part) {
  case Part::node:
    return "node";
  case Part::mysa:
    return "MYSA";
  case Part::flut:
    return "FLUT";
  case Part::stin:
    return "STIN";
  }
  return "?";
}

Cable::Cable(Name name, std::vector<Period> periods, std::vector<std::uint8_t> period_of)
    : name_(std::move(name)), periods_(std::move(periods)), period_of_(std::move(period_of)),
      per_internode_(0) {
  FORAMEN_EXPECT(name_.kinetics != nullptr, "fibre '", name_.model, "' has no kinetics");
  FORAMEN_EXPECT(period_of_.size() >= 2, "nodes: ", period_of_.size());
  FORAMEN_EXPECT(!periods_.empty() && !periods_.front().empty(), "periods: ", periods_.size());
  per_internode_ = periods_[period_of_.front()].size() - 1;
  for (std::size_t j = 0; j < period_of_.size(); ++j) {
    FORAMEN_EXPECT(period_of_[j] < periods_.size(), "period ", int(period_of_[j]));
    const std::size_t expected = j + 1 < period_of_.size() ? per_internode_ + 1 : 1;
    FORAMEN_EXPECT(periods_[period_of_[j]].size() == expected, "period of node ", j);
  }
  for (const Period& period : periods_)
    for (std::size_t k = 0; k < period.size(); ++k)
      check(name_, k, period[k]);
  const Internode internode = name_.kinetics->kernels().internode;
  FORAMEN_EXPECT((internode == Internode::none) == (per_internode_ == 0), "kinetics '",
                 name_.kinetics->name(), "' for ", per_internode_, " compartments between nodes");
  if (internode == Internode::passive)
    for (const Period& period : periods_)
      modes_.push_back(period.size() > 1 ? internode_modes(period) : InternodeModes{});
}

const Compartment& Cable::compartment(std::size_t i) const {
  return periods_[period_of_[i / (per_internode_ + 1)]][i % (per_internode_ + 1)];
}

std::vector<double> Cable::centres() const {
  std::vector<double> x(n_compartments());
  for (std::size_t i = 1; i < x.size(); ++i) {
    const double step_cm = 0.5 * (compartment(i - 1).length_cm + compartment(i).length_cm);
    x[i] = x[i - 1] + (step_cm * cm).si();
  }
  return x;
}

Length Cable::internode_length() const {
  double sum_cm = 0.0;
  for (const Compartment& c : periods_[period_of_.front()])
    sum_cm += c.length_cm;
  return sum_cm * cm;
}

Length Cable::length() const {
  return static_cast<double>(n_nodes() - 1) * internode_length();
}

} // namespace foramen::axon
