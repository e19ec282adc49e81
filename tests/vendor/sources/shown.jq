# What the expected results of all vendors share: how values are shown, and whose a login is.
def shown: if . == null then "missing" elif type == "array" then "{" + (map(shown) | join(", ")) + "}" else tostring end;
def set: reduce .[] as $x ([]; if index([$x]) then . else . + [$x] end) | "{" + join(", ") + "}";
# A time as Writ shows it: no fraction where that is nothing.
def time: if . == null then "missing" else sub("\\.0+(?<z>Z|[+-].*)$"; "\(.z)") end;
# The person of registers.json whose address or alias the login is, or else a key that nobody has.
def whose($registers; $vendor; $original):
  if . == null then "missing" else
    ascii_downcase as $login
    | [$registers.Person[] | select(any([.email] + (.aliases // []) | .[] | values; ascii_downcase == $login)) | .id]
    | if length == 1 then .[0] else $vendor + ":" + $original end
  end;
