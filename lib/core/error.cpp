#include "core/error.hpp"

namespace foramen::core {
namespace {

std::string sentence(const std::string& place, const std::string& cause,
                     const std::string& remedy) {
  std::string text = place.empty() ? cause : place + ": " + cause;
  if (!remedy.empty())
    text += "\n  remedy: " + remedy;
  return text;
}

} // namespace

Error::Error(ExitCode code, std::string place, std::string cause, std::string remedy)
    : std::runtime_error(sentence(place, cause, remedy)), code_(code), place_(std::move(place)),
      cause_(std::move(cause)), remedy_(std::move(remedy)) {}

void fail_expectation(const char* condition, const std::string& values,
                      std::source_location where) {
  throw std::logic_error(concat(where.file_name(), ":", where.line(), " in ", where.function_name(),
                                ": broken invariant: ", condition, values.empty() ? "" : "; ",
                                values,
                                "\n  remedy: this is a defect of foramen, please report it with "
                                "the study file"));
}

} // namespace foramen::core
