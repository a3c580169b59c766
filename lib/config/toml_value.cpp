#include "config/toml_value.hpp"

#include <utility>

namespace foramen::config {

const Value* Value::find(const std::string& name) const {
  if (kind == Kind::table)
    for (const Value& child : children)
      if (child.key == name)
        return &child;
  return nullptr;
}

Value* Value::find(const std::string& name) {
  return const_cast<Value*>(std::as_const(*this).find(name));
}

std::string kind_name(Value::Kind kind) {
  switch (kind) {
  case Value::Kind::table:
    return "a table";
  case Value::Kind::array:
    return "a list";
  case Value::Kind::text:
    return "a text";
  case Value::Kind::integer:
    return "an integer";
  case Value::Kind::number:
    return "a number";
  case Value::Kind::flag:
    return "true or false";
  case Value::Kind::date:
    return "a date or time of day";
  }
  return {};
}

} // namespace foramen::config
