extension Study { struct P {func svg()->String {""}
func html()->String {""}}
var plot: P {P()}
}
