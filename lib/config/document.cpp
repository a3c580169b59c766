#include "config/branch.hpp"
#include "config/override.hpp"
#include "config/refusal.hpp"
#include "config/table.hpp"
#include "config/toml_writer.hpp"
#include "core/error.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <tuple>

namespace foramen::config {
namespace {

struct UnknownKey {
  const Branch* branch = nullptr;
  const Value* value = nullptr;
};

// Overrides come after the file.
auto position(const Value& value) {
  return std::tuple(value.source->is_override, value.key_mark.line, value.key_mark.column);
}

// The first key, in the order of the text, that no one has asked for.
void find_unknown(const Branch& branch, UnknownKey& first) {
  if (branch.value != nullptr)
    for (const Value& child : branch.value->children)
      if (branch.find_entry(child.key) == nullptr &&
          (first.value == nullptr || position(child) < position(*first.value)))
        first = {&branch, &child};
  for (const Branch::Entry& entry : branch.entries)
    for (const auto& child : entry.branches)
      find_unknown(*child, first);
}

} // namespace

struct Document::State : DocumentState {};

Document::Document(std::shared_ptr<State> state) : state_(std::move(state)) {}
Document::~Document() = default;
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;

Document Document::from_file(const std::string& path) {
  std::error_code problem;
  std::ifstream in;
  if (std::filesystem::is_directory(path, problem))
    problem = std::make_error_code(std::errc::is_a_directory);
  else if (in.open(path, std::ios::binary); !in)
    problem = std::error_code(errno, std::generic_category());
  else
    problem.clear();
  if (problem)
    throw core::ConfigError(path, "cannot be read: " + problem.message(),
                            "check the path and that you may read the file");
  return from_text({std::istreambuf_iterator<char>(in), {}}, path);
}

Document Document::from_text(const std::string& text, const std::string& name) {
  const std::string body = text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
  auto state = std::make_shared<State>();
  state->name = name;
  state->source = SourceText::file(name, body);
  state->tree = parse_toml(body, state->source);
  state->root = std::make_unique<Branch>(Branch{*state, nullptr, {}, {}, {}, &state->tree, {}});
  return Document(std::move(state));
}

Table Document::root() {
  return Table(std::make_shared<Table::Node>(Table::Node{*state_->root}));
}

void Document::override_with(const std::string& assignment) {
  FORAMEN_EXPECT(state_->root->entries.empty(), "overrides come before the first key is read");
  apply_override(state_->tree, assignment);
}

void Document::finish() const {
  UnknownKey unknown;
  find_unknown(*state_->root, unknown);
  if (unknown.value != nullptr)
    refuse_unknown_key(*unknown.branch, *unknown.value);
}

std::string Document::resolved() const {
  return toml_document(*state_->root);
}
const std::vector<KeyEntry>& Document::manual() const {
  return state_->manual;
}
const std::string& Document::name() const {
  return state_->name;
}

} // namespace foramen::config
