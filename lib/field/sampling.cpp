#include "field/sampling.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/point_location.hpp"
#include "field/reference_element.hpp"
#include "field/smooth_fit.hpp"

#include <algorithm>
#include <map>

namespace foramen::field {
namespace {

using core::concat;
using core::WorldError;

constexpr double radius_in_edges = 1.5; // of the ball whose nodes are fitted, in local edge lengths
constexpr int rings = 2;                // layers of elements around the point's own that hold it

} // namespace

struct Sampler::Search {
  const UnitPotentials& potentials;
  PointLocation location;
  std::vector<int> begin, around; // per vertex: its elements
  std::vector<float> edge_length; // per vertex: mean over the elements around it, metres

  explicit Search(const UnitPotentials& p) : potentials(p), location(p.nodes, p.elements) {
    int n_vertices = 0;
    for (const auto& element : p.elements)
      n_vertices =
          std::max(n_vertices, 1 + *std::max_element(element.begin(), element.begin() + 4));
    begin.assign(static_cast<std::size_t>(n_vertices) + 1, 0);
    for (const auto& element : p.elements)
      for (std::size_t a = 0; a < 4; ++a)
        ++begin[static_cast<std::size_t>(element[a]) + 1];
    for (std::size_t v = 1; v < begin.size(); ++v)
      begin[v] += begin[v - 1];
    around.resize(static_cast<std::size_t>(begin.back()));
    std::vector<int> next(begin.begin(), begin.end() - 1);
    std::vector<double> sum(static_cast<std::size_t>(n_vertices), 0.0);
    for (std::size_t t = 0; t < p.elements.size(); ++t)
      for (std::size_t a = 0; a < 4; ++a) {
        const auto v = static_cast<std::size_t>(p.elements[t][a]);
        around[static_cast<std::size_t>(next[v]++)] = static_cast<int>(t);
        for (std::size_t b = 0; b < 4; ++b) // every edge at v, counted once per element
          sum[v] += (p.nodes[static_cast<std::size_t>(p.elements[t][b])] - p.nodes[v]).norm() / 3.0;
      }
    for (std::size_t v = 0; v < sum.size(); ++v)
      edge_length.push_back(static_cast<float>(sum[v] / std::max(1, begin[v + 1] - begin[v])));
  }

  PointLocation::Place place(const Vector3d& p) const {
    const auto found = location.find(p);
    if (!found)
      throw WorldError(concat("point (", 1e3 * p.x(), ", ", 1e3 * p.y(), ", ", 1e3 * p.z(), ") mm"),
                       concat("it is outside the mesh, ", 1e3 * location.distance(p),
                              " mm from the nearest node"),
                       "keep fibres inside the domain and outside the lead, or enlarge the domain");
    return *found;
  }

  // In the region given, if that is within reach.
  PointLocation::Place place(const Vector3d& p, int region) const {
    constexpr double reach = 0.15e-3; // metres; twice what a straightened element cuts off
    const auto found = location.find(p);
    if (found && potentials.region[static_cast<std::size_t>(found->element)] == region)
      return *found;
    const auto nearest = location.nearest_of(p, potentials.region, region, reach);
    return nearest ? *nearest : place(p);
  }

  double radius(const PointLocation::Place& at) const {
    const auto& element = potentials.elements[static_cast<std::size_t>(at.element)];
    const auto length = [&](std::size_t a) {
      return static_cast<double>(edge_length[static_cast<std::size_t>(element[a])]);
    };
    const Vector3d& x = at.reference;
    return radius_in_edges *
           ((1.0 - x.sum()) * length(0) + x[0] * length(1) + x[1] * length(2) + x[2] * length(3));
  }
};

namespace {

// The nodes around one element that lie in its region. Kept while points stay in the element.
class Neighbourhood {
public:
  template <class Search> void move_to(const Search& s, int element) {
    if (element == element_)
      return;
    element_ = element;
    elements_ = {element};
    nodes_.clear();
    positions_.clear();
    seen_element_.resize(s.potentials.elements.size(), 0);
    seen_node_.resize(s.potentials.nodes.size(), 0);
    ++stamp_;
    seen_element_[static_cast<std::size_t>(element)] = stamp_;
    std::size_t from = 0;
    const int region = s.potentials.region[static_cast<std::size_t>(element)];
    for (int ring = 0; ring < rings; ++ring)
      for (const std::size_t end = elements_.size(); from < end; ++from)
        for (std::size_t a = 0; a < 4; ++a)
          add_elements_at(s, s.potentials.elements[static_cast<std::size_t>(elements_[from])][a],
                          region);
    for (const int t : elements_)
      for (const int node : s.potentials.elements[static_cast<std::size_t>(t)]) {
        int& seen = seen_node_[static_cast<std::size_t>(node)];
        if (seen == stamp_)
          continue;
        seen = stamp_;
        nodes_.push_back(node);
        positions_.push_back(s.potentials.nodes[static_cast<std::size_t>(node)]);
      }
  }
  const std::vector<int>& nodes() const { return nodes_; }
  const std::vector<Vector3d>& positions() const { return positions_; }

private:
  template <class Search> void add_elements_at(const Search& s, int vertex, int region) {
    const auto v = static_cast<std::size_t>(vertex);
    for (int i = s.begin[v]; i < s.begin[v + 1]; ++i) {
      const int t = s.around[static_cast<std::size_t>(i)];
      int& seen = seen_element_[static_cast<std::size_t>(t)];
      if (seen == stamp_ || s.potentials.region[static_cast<std::size_t>(t)] != region)
        continue;
      seen = stamp_;
      elements_.push_back(t);
    }
  }

  int element_ = -1, stamp_ = 0;
  std::vector<int> elements_, nodes_, seen_element_, seen_node_;
  std::vector<Vector3d> positions_;
};

// The fit at one point after the other.
template <class Search> class Fitter {
public:
  explicit Fitter(const Search& search) : search_(search) {}

  // Calls `f` with every node that the value at `p` comes from, and its weight. `region`: null, or
  // that of the point.
  template <class F> void each_weight(const Vector3d& p, const int* region, const F& f) {
    const PointLocation::Place at =
        region == nullptr ? search_.place(p) : search_.place(p, *region);
    near_.move_to(search_, at.element);
    if (fit_.compute(p, search_.radius(at), near_.positions())) {
      for (std::size_t k = 0; k < fit_.used().size(); ++k)
        f(near_.nodes()[static_cast<std::size_t>(fit_.used()[k])], fit_.weights()[k]);
      return;
    }
    const std::array<double, 10> shape = quadratic_values(at.reference);
    for (std::size_t a = 0; a < 10; ++a)
      f(search_.potentials.elements[static_cast<std::size_t>(at.element)][a], shape[a]);
  }

private:
  const Search& search_;
  Neighbourhood near_;
  SmoothFit fit_;
};

} // namespace

Sampler::Sampler(const UnitPotentials& potentials)
    : search_(std::make_unique<Search>(potentials)) {}
Sampler::~Sampler() = default;

Sampler::Values Sampler::smooth(std::span<const Vector3d> points,
                                std::span<const int> regions) const {
  FORAMEN_EXPECT(regions.empty() || regions.size() == points.size(), regions.size(), " regions");
  const UnitPotentials& u = search_->potentials;
  Values values = Values::Zero(static_cast<Eigen::Index>(points.size()), u.phi.cols());
  core::parallel_chunks(points.size(), 512, [&](std::size_t begin, std::size_t end) {
    Fitter fitter(*search_);
    for (std::size_t i = begin; i < end; ++i)
      fitter.each_weight(points[i], regions.empty() ? nullptr : &regions[i],
                         [&, row = static_cast<Eigen::Index>(i)](int node, double weight) {
                           values.row(row) += weight * u.phi.row(node);
                         });
  });
  return values;
}

std::vector<std::pair<int, double>> Sampler::weights(std::span<const Vector3d> points,
                                                     std::span<const int> regions,
                                                     std::span<const double> coefficients) const {
  FORAMEN_EXPECT(regions.empty() || regions.size() == points.size(), regions.size(), " regions");
  FORAMEN_EXPECT(coefficients.size() == points.size(), coefficients.size(), " coefficients");
  std::map<int, double> sum;
  Fitter fitter(*search_);
  for (std::size_t i = 0; i < points.size(); ++i)
    fitter.each_weight(points[i], regions.empty() ? nullptr : &regions[i],
                       [&](int node, double weight) { sum[node] += coefficients[i] * weight; });
  return {sum.begin(), sum.end()};
}

Sampler::Values Sampler::raw(std::span<const Vector3d> points) const {
  const UnitPotentials& u = search_->potentials;
  Values values = Values::Zero(static_cast<Eigen::Index>(points.size()), u.phi.cols());
  core::parallel_for(points.size(), 512, [&](std::size_t i) {
    const PointLocation::Place at = search_->place(points[i]);
    const std::array<double, 10> shape = quadratic_values(at.reference);
    for (std::size_t a = 0; a < 10; ++a)
      values.row(static_cast<Eigen::Index>(i)) +=
          shape[a] * u.phi.row(u.elements[static_cast<std::size_t>(at.element)][a]);
  });
  return values;
}

const PointLocation& Sampler::location() const {
  return search_->location;
}

bool Sampler::contains(const Vector3d& p) const {
  return search_->location.find(p).has_value();
}

int Sampler::region_at(const Vector3d& p) const {
  const auto found = search_->location.find(p);
  return found ? search_->potentials.region[static_cast<std::size_t>(found->element)] : -1;
}

} // namespace foramen::field
