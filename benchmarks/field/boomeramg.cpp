#include "boomeramg.hpp"

#include "core/error.hpp"

#include <petscksp.h>

#include <cstdlib>
#include <string>

namespace foramen::benchmarks {
namespace {

using core::concat;
using core::SolverError;
using field::AlgebraicLevel;
using field::SparseMatrix;

std::string last_message; // of PETSc's own error handler, innermost frame

PetscErrorCode keep_message(MPI_Comm, int, const char* function, const char*, PetscErrorCode code,
                            PetscErrorType type, const char* message, void*) {
  if (type == PETSC_ERROR_INITIAL)
    last_message = concat(function, ": ", message);
  return code;
}

void check(PetscErrorCode code) {
  if (code)
    throw SolverError("algebraic multigrid", concat("PETSc error ", code, ", ", last_message),
                      "check the mesh for extremely flat elements and the conductivities for "
                      "extreme ratios");
}

void start_petsc() {
  PetscBool running = PETSC_FALSE;
  check(PetscInitialized(&running));
  if (running)
    return;
  // OpenMPI otherwise forks a daemon and probes the network for a process that is alone.
  setenv("OMPI_MCA_ess_singleton_isolated", "1", 0);
  setenv("OMPI_MCA_pml", "ob1", 0);
  setenv("OMPI_MCA_btl", "self", 0);
  setenv("OMPI_MCA_osc", "^ucx,rdma", 0);
  int mpi_runs = 0;
  MPI_Initialized(&mpi_runs);
  if (mpi_runs) // for this process alone, whatever the others do
    PETSC_COMM_WORLD = MPI_COMM_SELF;
  check(PetscOptionsSetValue(nullptr, "-no_signal_handler", "true"));
  check(PetscInitializeNoArguments());
  check(PetscPushErrorHandler(keep_message, nullptr));
  const std::pair<const char*, const char*> options[] = {{"strong_threshold", "0.25"},
                                                         {"coarsen_type", "HMIS"},
                                                         {"interp_type", "ext+i"},
                                                         {"P_max", "4"},
                                                         {"print_statistics", nullptr}};
  for (const auto& [name, value] : options)
    if (value != nullptr)
      check(PetscOptionsSetValue(nullptr, concat("-foramen_pc_hypre_boomeramg_", name).c_str(),
                                 value));
  std::atexit([] { PetscFinalize(); });
}

// Owns a PETSc object for a scope.
template <class Object, PetscErrorCode (*destroy)(Object*)> struct Owned {
  Object object = nullptr;
  Owned() = default;
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;
  ~Owned() { destroy(&object); }
};

SparseMatrix copy_out(Mat m) {
  Owned<Mat, MatDestroy> aij;
  check(MatConvert(m, MATSEQAIJ, MAT_INITIAL_MATRIX, &aij.object));
  PetscInt n = 0, columns = 0;
  const PetscInt *begin = nullptr, *column = nullptr;
  const PetscScalar* value = nullptr;
  PetscBool done = PETSC_FALSE;
  check(MatGetSize(aij.object, nullptr, &columns));
  check(MatGetRowIJ(aij.object, 0, PETSC_FALSE, PETSC_FALSE, &n, &begin, &column, &done));
  FORAMEN_EXPECT(done, "rows = ", n);
  check(MatSeqAIJGetArrayRead(aij.object, &value));
  SparseMatrix out{.rows = n, .columns = columns, .begin = {}, .column = {}, .value = {}};
  out.begin.assign(begin, begin + n + 1);
  out.column.assign(column, column + begin[n]);
  out.value.assign(value, value + begin[n]);
  check(MatSeqAIJRestoreArrayRead(aij.object, &value));
  check(MatRestoreRowIJ(aij.object, 0, PETSC_FALSE, PETSC_FALSE, &n, &begin, &column, &done));
  return out;
}

struct MatList {
  PetscInt levels = 0; // one more than there are matrices
  PetscInt n() const { return levels - 1; }
  Mat* list = nullptr;
  MatList() = default;
  MatList(const MatList&) = delete;
  MatList& operator=(const MatList&) = delete;
  ~MatList() {
    for (PetscInt i = 0; i < n(); ++i)
      MatDestroy(&list[i]);
    PetscFree(list);
  }
};

} // namespace

std::vector<AlgebraicLevel> boomeramg_levels(const SparseMatrix& a, int coarsest) {
  if (a.rows <= coarsest)
    return {};
  start_petsc();

  std::vector<PetscInt> begin(a.begin.begin(), a.begin.end());
  std::vector<PetscInt> column(a.column.begin(), a.column.end());
  std::vector<PetscScalar> value = a.value;
  Owned<Mat, MatDestroy> matrix;
  check(MatCreateSeqAIJWithArrays(PETSC_COMM_SELF, a.rows, a.columns, begin.data(), column.data(),
                                  value.data(), &matrix.object));
  Owned<PC, PCDestroy> pc;
  check(PCCreate(PETSC_COMM_SELF, &pc.object));
  check(PCSetOptionsPrefix(pc.object, "foramen_"));
  check(PCSetOperators(pc.object, matrix.object, matrix.object));
  check(PCSetType(pc.object, PCHYPRE));
  check(PCHYPRESetType(pc.object, "boomeramg"));
  check(PCSetFromOptions(pc.object));
  check(PCSetUp(pc.object));

  MatList interpolations, operators; // coarsest first; operators without the finest
  check(PCGetInterpolations(pc.object, &interpolations.levels, &interpolations.list));
  check(PCGetCoarseOperators(pc.object, &operators.levels, &operators.list));
  FORAMEN_EXPECT(interpolations.n() == operators.n(), interpolations.n(), " != ", operators.n());
  std::vector<AlgebraicLevel> levels;
  for (PetscInt l = 0; l < operators.n(); ++l) {
    const PetscInt from_coarsest = operators.n() - 1 - l;
    levels.push_back({copy_out(interpolations.list[from_coarsest]),
                      {},
                      copy_out(operators.list[from_coarsest])});
    const int finer = l == 0 ? a.rows : levels[levels.size() - 2].a.rows;
    FORAMEN_EXPECT(levels.back().prolongation.rows == finer &&
                       levels.back().prolongation.columns == levels.back().a.rows,
                   "level ", l);
    if (levels.back().a.rows <= coarsest)
      break;
  }
  return levels;
}

} // namespace foramen::benchmarks
