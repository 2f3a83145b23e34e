internal import CLua
func v() -> Double { lua_version(nil) }
