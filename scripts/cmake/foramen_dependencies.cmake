# Every third-party library as one imported or interface target. The Debian packages that provide
# them are listed in scripts/packages.txt.

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
endif()

find_package(Threads REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(Boost 1.74 REQUIRED COMPONENTS program_options)
find_package(PkgConfig REQUIRED)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(HWY REQUIRED IMPORTED_TARGET libhwy)

# Both a serial and an OpenMPI build of HDF5 may be installed; PETSc and deal.II use the latter, and
# one process must not load both.
set(HDF5_PREFER_PARALLEL ON)
find_package(MPI REQUIRED COMPONENTS C CXX)
find_package(HDF5 1.10 REQUIRED COMPONENTS C HL) # HL: dimension scales
add_library(foramen_hdf5 INTERFACE)
target_include_directories(foramen_hdf5 SYSTEM INTERFACE ${HDF5_C_INCLUDE_DIRS})
target_link_libraries(foramen_hdf5 INTERFACE ${HDF5_C_HL_LIBRARIES} ${HDF5_C_LIBRARIES} MPI::MPI_C)

pkg_check_modules(PETSC REQUIRED IMPORTED_TARGET PETSc)

# deal_ii_setup_target of 9.4.1 forces -std=c++17 on its users and refuses RelWithDebInfo: an
# interface target avoids both.
find_package(deal.II 9.4 REQUIRED)
add_library(foramen_dealii INTERFACE)
target_include_directories(foramen_dealii SYSTEM INTERFACE ${DEAL_II_INCLUDE_DIRS})
target_link_libraries(foramen_dealii INTERFACE ${DEAL_II_LIBRARIES_RELEASE})

find_library(GMSH_LIBRARY gmsh REQUIRED)
find_path(GMSH_INCLUDE_DIR gmsh.h REQUIRED)
add_library(foramen_gmsh INTERFACE)
target_include_directories(foramen_gmsh SYSTEM INTERFACE ${GMSH_INCLUDE_DIR})
target_link_libraries(foramen_gmsh INTERFACE ${GMSH_LIBRARY})
