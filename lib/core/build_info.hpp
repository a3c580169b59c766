// Facts fixed when the program was built; build_info.cpp is written by CMake (build_info.cpp.in).
#pragma once

namespace foramen::core {

extern const char* const build_version;
extern const char* const build_commit;
extern const char* const build_compiler;
extern const char* const build_type;
extern const char* const build_data_folder;

} // namespace foramen::core
