/// The look of all plots.
///
/// Blue against orange-red (after dark: sky blue against orange) from the palette of Okabe and Ito
/// 2008, which the colour-blind can tell apart; the front differs in shape as well. Plain
/// properties instead of variables, because programs that set papers do not know variables.
let plotStyle = """
    .plot text { font-family: "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; \
    fill: #1b1b1b; }
    .plot .title { font-size: 17px; font-weight: 600; }
    .plot .label { font-size: 13px; }
    .plot .tick, .plot .legend { font-size: 12px; }
    .plot .tick, .plot .note { fill: #555; }
    .plot .note { font-size: 11px; }
    .plot .paper { fill: #fff; }
    .plot .grid { stroke: #e6e6e6; fill: none; }
    .plot .frame { stroke: #8c8c8c; fill: none; }
    .plot .dots { stroke: #0072b2; stroke-linecap: round; fill: none; }
    .plot .trial { stroke: #0072b2; stroke-opacity: 0.35; fill: none; }
    .plot .stairs { stroke: #d55e00; stroke-width: 1.5; fill: none; }
    .plot .attained { fill: #d55e00; fill-opacity: 0.06; }
    .plot .front { fill: #d55e00; stroke: #fff; stroke-width: 1; }
    .plot .mark { font-size: 12px; font-weight: 600; paint-order: stroke; stroke: #fff; \
    stroke-width: 3px; stroke-linejoin: round; }
    .plot .pick { fill: none; stroke: #1b1b1b; stroke-width: 2; }
    .plot .head { font-size: 13px; font-weight: 600; }
    .plot .inside { font-size: 11px; fill: #1b1b1b; }
    .plot .halo { paint-order: stroke; stroke: #fff; stroke-width: 3px; stroke-linejoin: round; }
    .plot .line { fill: none; stroke-width: 1.1; stroke-linejoin: round; stroke-linecap: round; }
    .plot .line.bold { stroke-width: 2; }
    .plot .line.ink { stroke: #1b1b1b; }
    .plot .line.others { stroke: #0072b2; }
    .plot .line.marked { stroke: #d55e00; stroke-width: 1.6; }
    .plot .line.completed { stroke: #009e73; } .plot .area.completed { fill: #009e73; }
    .plot .line.stopped { stroke: #d55e00; } .plot .area.stopped { fill: #e07b39; }
    .plot .line.paused { stroke: #e69f00; } .plot .area.paused { fill: #e6b34d; }
    .plot .line.running { stroke: #0072b2; } .plot .area.running { fill: #56b4e9; }
    .plot .line.failed { stroke: #cc79a7; } .plot .area.failed { fill: #cc79a7; }
    .plot .line.abandoned { stroke: #8a8f98; } .plot .area.abandoned { fill: #a9adb4; }
    .plot .area.first { fill: #d55e00; } .plot .area.rest { fill: #0072b2; }
    .plot .rung { stroke: #8c8c8c; stroke-dasharray: 3 4; fill: none; }
    .plot .empty { fill: #eceff2; }
    .plot .shade { fill: #0072b2; fill-opacity: 0.07; }
    .plot .series-0 { stroke: #0072b2; } .plot .point.series-0 { fill: #0072b2; }
    .plot .series-1 { stroke: #d55e00; } .plot .point.series-1 { fill: #d55e00; }
    .plot .series-2 { stroke: #009e73; } .plot .point.series-2 { fill: #009e73; }
    .plot .series-3 { stroke: #cc79a7; } .plot .point.series-3 { fill: #cc79a7; }
    .plot .series-4 { stroke: #e69f00; } .plot .point.series-4 { fill: #e69f00; }
    .plot .line.series-1 { stroke-dasharray: 7 3; } .plot .line.series-2 { stroke-dasharray: 2 3; }
    .plot .line.series-3 { stroke-dasharray: 9 3 2 3; } \
    .plot .line.series-4 { stroke-dasharray: 5 4; }
    @media (prefers-color-scheme: dark) {
      .plot text { fill: #e8e8e8; }
      .plot .tick, .plot .note { fill: #a8adb5; }
      .plot .paper { fill: #17191d; }
      .plot .grid { stroke: #2c3036; }
      .plot .frame { stroke: #6f757e; }
      .plot .dots, .plot .trial { stroke: #56b4e9; }
      .plot .stairs { stroke: #e69f00; }
      .plot .attained { fill: #e69f00; }
      .plot .front { fill: #e69f00; stroke: #17191d; }
      .plot .mark { stroke: #17191d; }
      .plot .pick { stroke: #e8e8e8; }
      .plot .halo { stroke: #17191d; }
      .plot .line.ink { stroke: #e8e8e8; }
      .plot .line.others { stroke: #56b4e9; }
      .plot .line.marked { stroke: #f5a623; }
      .plot .line.completed { stroke: #35c39a; } .plot .area.completed { fill: #2bab86; }
      .plot .line.stopped { stroke: #f08544; }
      .plot .line.running { stroke: #56b4e9; }
      .plot .area.first { fill: #e69f00; } .plot .area.rest { fill: #56b4e9; }
      .plot .rung { stroke: #6f757e; }
      .plot .empty { fill: #262b32; }
      .plot .shade { fill: #56b4e9; fill-opacity: 0.1; }
      .plot .series-0 { stroke: #56b4e9; } .plot .point.series-0 { fill: #56b4e9; }
      .plot .series-1 { stroke: #f08544; } .plot .point.series-1 { fill: #f08544; }
      .plot .series-2 { stroke: #35c39a; } .plot .point.series-2 { fill: #35c39a; }
    }

    """
