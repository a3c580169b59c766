#include "field/pose_solver.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/stopwatch.hpp"
#include "field/contact_solutions.hpp"
#include "field/curved_edges.hpp"
#include "field/local_matrices.hpp"

#include <Eigen/LU>

#include <array>
#include <deque>

namespace foramen::field {
namespace {

// Earlier potentials and where their lead was.
struct Memory {
  Eigen::VectorXd pose;
  LaneSolutions x;
};

// Weights with sum 1 whose combination of poses comes near `pose`: least squares, with a price on
// weights that is the square of a tenth of the way to the nearest.
Eigen::VectorXd combine(const std::deque<Memory>& memories, const Eigen::VectorXd& pose) {
  const auto n = static_cast<Eigen::Index>(memories.size());
  Eigen::MatrixXd offsets(pose.size(), n);
  for (Eigen::Index j = 0; j < n; ++j)
    offsets.col(j) = memories[static_cast<std::size_t>(j)].pose - pose;
  const double nearest = offsets.colwise().squaredNorm().minCoeff();
  Eigen::MatrixXd system = Eigen::MatrixXd::Ones(n + 1, n + 1);
  system.topLeftCorner(n, n) = offsets.transpose() * offsets;
  system.topLeftCorner(n, n).diagonal().array() += 0.01 * nearest + 1e-18;
  system(n, n) = 0.0;
  Eigen::VectorXd right = Eigen::VectorXd::Zero(n + 1);
  right[n] = 1.0;
  return system.fullPivLu().solve(right).head(n);
}

} // namespace

struct PoseSolver::State {
  TetMesh mesh;
  Space space;
  EdgeCurving curving;
  Unknowns unknowns;
  std::array<LocalMatrices, 4> locals; // elements, sheets, open boundary, interfaces
  std::unique_ptr<Assembly> assembly;
  FieldMatrices matrices;
  std::unique_ptr<Multigrid> multigrid;
  std::vector<int> near;  // elements with a vertex that may move
  std::vector<int> edges; // with an end that may move
  FirstGuess guess_from;
  std::deque<Memory> memories;

  State(const VolumeScene& scene, TetMesh base, const std::vector<std::uint8_t>& movable,
        const SolverOptions& options, FirstGuess from)
      : mesh(std::move(base)), space(build_straight_space(scene, mesh)),
        curving(scene, space, Ranks::alone()),
        unknowns(number_unknowns(scene, space)), locals{element_matrices(scene, space),
                                                        sheet_matrices(space),
                                                        open_boundary_matrices(scene, space),
                                                        interface_matrices(scene, space)},
        assembly(std::make_unique<Assembly>(0, unknowns.n, unknowns.n, unknowns.of_node, locals)),
        matrices(assemble_field(Ranks::alone(), unknowns, locals, *assembly)), guess_from(from) {
    multigrid = std::make_unique<Multigrid>(
        Ranks::alone(), matrices.quadratic, std::move(matrices.linear), unknowns, matrices.bounds,
        MultigridOptions{.share_from = options.shared_level_rows});
    find_near(movable);
  }

  void find_near(const std::vector<std::uint8_t>& movable) {
    std::vector<std::uint8_t> vertex(static_cast<std::size_t>(space.n_vertices), 0);
    for (std::size_t v = 0; v < vertex.size(); ++v)
      vertex[v] = movable[static_cast<std::size_t>(space.original[v])];
    const auto touches = [&](const std::array<int, 10>& element) {
      return std::any_of(element.begin(), element.begin() + 4,
                         [&](int v) { return vertex[static_cast<std::size_t>(v)] != 0; });
    };
    for (std::size_t e = 0; e < space.edge_ends.size(); ++e)
      if (vertex[static_cast<std::size_t>(space.edge_ends[e][0])] != 0 ||
          vertex[static_cast<std::size_t>(space.edge_ends[e][1])] != 0)
        edges.push_back(static_cast<int>(e));
    for (std::size_t t = 0; t < space.elements.size(); ++t)
      if (touches(space.elements[t]))
        near.push_back(static_cast<int>(t));
  }

  void move(const VolumeScene& scene, const std::vector<Vector3d>& vertices) {
    for (std::size_t v = 0; v < space.original.size(); ++v)
      space.nodes[v] = vertices[static_cast<std::size_t>(space.original[v])];
    check_orientation(space, near);
    curving.follow(scene, space, edges, near);
  }

  // Elements of which a node has moved from `before`.
  std::vector<int> moved_elements(const std::vector<Vector3d>& before) const {
    std::vector<std::uint8_t> moved(space.elements.size());
    core::parallel_for(moved.size(), 4096, [&](std::size_t t) {
      const auto& element = space.elements[t];
      moved[t] = std::any_of(element.begin(), element.end(), [&](int node) {
        const auto n = static_cast<std::size_t>(node);
        return space.nodes[n] != before[n];
      });
    });
    std::vector<int> list;
    for (std::size_t t = 0; t < moved.size(); ++t)
      if (moved[t])
        list.push_back(static_cast<int>(t));
    return list;
  }

  void refill(const VolumeScene& scene, const std::vector<int>& elements) {
    update_element_matrices(scene, space, elements, locals[0]);
    locals[3] = interface_matrices(scene, space);
    std::vector<std::uint8_t> wanted(static_cast<std::size_t>(unknowns.n), 0);
    for (const int e : unknowns.of_electrode)
      wanted[static_cast<std::size_t>(e)] = 1;
    for (const int t : elements)
      for (const int node : space.elements[static_cast<std::size_t>(t)])
        if (const int u = unknowns.of_node[static_cast<std::size_t>(node)]; u != Unknowns::none)
          wanted[static_cast<std::size_t>(u)] = 1;
    assembly->refill(matrices.quadratic.a, locals, wanted);
  }

  void remember(Memory memory) {
    if (guess_from == FirstGuess::first_pose && !memories.empty())
      return;
    memories.push_back(std::move(memory));
    if (memories.size() > most_remembered)
      memories.pop_front();
  }

  LaneSolutions guess(const Eigen::VectorXd& pose) const {
    LaneSolutions sum;
    if (memories.empty())
      return sum;
    const Eigen::VectorXd weights =
        guess_from == FirstGuess::first_pose ? Eigen::VectorXd::Ones(1) : combine(memories, pose);
    for (std::size_t batch = 0; batch < memories.front().x.size(); ++batch) {
      const LaneVector<double>& first = memories.front().x[batch];
      LaneVector<double>& x = sum.emplace_back(first.rows(), first.lanes());
      core::parallel_for(first.rows(), 4096, [&](std::size_t row) {
        for (std::size_t j = 0; j < memories.size(); ++j)
          for (std::size_t l = 0; l < x.lanes(); ++l)
            x(row, l) += weights[static_cast<Eigen::Index>(j)] * memories[j].x[batch](row, l);
      });
    }
    return sum;
  }
};

PoseSolver::PoseSolver(const VolumeScene& scene, TetMesh mesh, std::vector<std::uint8_t> movable,
                       const SolverOptions& options, FirstGuess guess)
    : state_(std::make_unique<State>(scene, std::move(mesh), movable, options, guess)),
      options_(options) {}
PoseSolver::~PoseSolver() = default;

UnitPotentials PoseSolver::solve(const VolumeScene& scene, const std::vector<Vector3d>& vertices,
                                 const Eigen::VectorXd& pose) {
  State& s = *state_;
  FORAMEN_EXPECT(vertices.size() == s.mesh.vertices.size(), vertices.size());
  core::Stopwatch clock;
  const std::vector<Vector3d> before = s.space.nodes;
  s.move(scene, vertices);
  const std::vector<int> moved = s.moved_elements(before);
  report_ = {.moved_elements = moved.size()};
  report_.geometry_s = clock.lap();
  s.refill(scene, moved);
  report_.assembly_s = clock.lap();
  if (!moved.empty())
    s.multigrid->renew(s.matrices.quadratic);
  report_.multigrid_s = clock.lap();

  UnitPotentials out;
  SolvedContacts solved = solve_contacts(Ranks::alone(), scene, s.space, s.unknowns, s.matrices,
                                         *s.multigrid, options_, silent(), s.guess(pose), out);
  report_.start_residual = solved.start_residual;
  report_.iterations = out.report.iterations;
  s.remember({pose, std::move(solved.x)});
  out.nodes = s.space.nodes;
  out.elements = s.space.elements;
  out.region = s.space.region;
  report_.solve_s = clock.lap();
  out.report.n_tets = s.space.elements.size();
  out.report.n_unknowns = static_cast<std::size_t>(s.unknowns.n);
  out.report.straightened_elements = s.space.straightened;
  out.report.setup_s = report_.geometry_s;
  out.report.assembly_s = report_.assembly_s;
  out.report.multigrid_s = report_.multigrid_s;
  out.report.solve_s = report_.solve_s;
  return out;
}

} // namespace foramen::field
